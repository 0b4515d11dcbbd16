import { afterEach, expect, test, vi } from "vitest";
import { askHosted, isHosted } from "../src/checks/hosted.js";

const { signal } = new AbortController();

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** The scripts that are asked for; what they would load is told by the test. */
function scripts(): HTMLScriptElement[] {
  const asked: HTMLScriptElement[] = [];
  vi.spyOn(document.head, "append").mockImplementation((node) => {
    asked.push(node as HTMLScriptElement);
  });
  return asked;
}

function loaded(script: HTMLScriptElement | undefined): void {
  script?.onload?.(new Event("load"));
}

test("only the provider that a gate names is asked, and its token is the proof", async () => {
  const asked = scripts();
  const render = vi.fn((_: HTMLElement, { callback }) => {
    callback("proof");
    return "widget-1";
  });
  const remove = vi.fn();
  vi.stubGlobal("turnstile", { render, remove });
  const place = document.createElement("div");

  const asking = askHosted("turnstile", "site-key", place, signal);
  loaded(asked[0]);

  expect(await asking).toBe("proof");
  expect(asked.map(({ src }) => new URL(src).host)).toEqual(["challenges.cloudflare.com"]);
  expect(render).toHaveBeenCalledWith(place, expect.objectContaining({ sitekey: "site-key" }));
  expect(remove).toHaveBeenCalledExactlyOnceWith("widget-1");
});

test("a script that cannot be loaded is asked for again the next time", async () => {
  const asked = scripts();
  const render = vi.fn((_: HTMLElement, { callback }) => callback("proof"));
  const place = document.createElement("div");

  const first = askHosted("hcaptcha", "site-key", place, signal);
  asked[0]?.onerror?.("error");
  await expect(first).rejects.toThrow("hcaptcha");
  vi.stubGlobal("hcaptcha", { render, remove: vi.fn() });
  const second = askHosted("hcaptcha", "site-key", place, signal);
  loaded(asked[1]);

  expect(await second).toBe("proof");
});

test("who has gone waits for no script", async () => {
  const abort = new AbortController();
  vi.resetModules();
  const { askHosted: askAnew } = await import("../src/checks/hosted.js");
  const asked = scripts();

  const asking = askAnew("hcaptcha", "site-key", document.createElement("div"), abort.signal);
  abort.abort(new Error("gone"));

  await expect(asking).rejects.toThrow("gone");
  expect(asked).toHaveLength(1);
});

test("no other provider is known", () => {
  expect(["turnstile", "hcaptcha", "altcha", "toString"].map(isHosted)).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
