import type { CheckoutEvent, FanfareSdk } from "@fanfare/sdk-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { embed as fill } from "../../src/checkout/frame.js";
import { FakeService, json, openTab } from "../support/service.js";
import { admissionToken } from "../support/tokens.js";

const SHOP = "https://pay.shop.example";
const ABOUT = { admissionId: "adm_1", experienceId: "exp_1" };
const CODE = "https://fanfare.example/checkout/abc";

// A frame here loads about:blank and nothing else.
(window as unknown as Environment).happyDOM.settings.enableIframePageLoading = true;

interface Environment {
  readonly happyDOM: { readonly settings: { enableIframePageLoading: boolean } };
}

let service: FakeService;
let sdk: FanfareSdk;
let container: HTMLElement;
let told: CheckoutEvent[];
let welcome: ReturnType<typeof vi.fn>;

beforeEach(async () => {
  localStorage.clear();
  service = new FakeService();
  service.twist = ({ path }) => {
    const expiresAt = "2026-12-01T09:02:00Z";
    if (path === "/api/v1/handoffs") return json({ code: "abc", url: CODE, expiresAt });
    const checkoutUrl = `${SHOP}/checkout?t={token}`;
    return path.startsWith("/api/v1/experiences/") ? json({ checkoutUrl }) : undefined;
  };
  sdk = await openTab(service);
  await sdk.auth.guest();
  container = document.createElement("div");
  document.body.replaceChildren(container);
  told = [];
  welcome = vi.fn();
  sdk.on("checkout", (event) => told.push(event));
});

afterEach(() => {
  sdk.destroy();
  vi.restoreAllMocks();
});

/** Fills the container; the frame's window is one of ours, as nothing is loaded here. */
async function embed(title?: string): Promise<{ frame: HTMLIFrameElement; source: Window }> {
  // What a frame loads is not this test's affair.
  vi.spyOn(HTMLIFrameElement.prototype, "src", "set").mockImplementation(function (
    this: HTMLIFrameElement,
    url: string,
  ) {
    this.setAttribute("data-src", url);
  });
  const grant = { token: admissionToken() };
  const more = title ? { title } : {};
  await sdk.checkout.handoff(grant, { pattern: "embedded", container, ...more });
  const frame = container.querySelector("iframe") as HTMLIFrameElement;
  const source = { postMessage: welcome } as unknown as Window;
  vi.spyOn(frame, "contentWindow", "get").mockReturnValue(source);
  return { frame, source };
}

function say(data: unknown, source: unknown, origin = SHOP): void {
  const event = new MessageEvent("message", { data, origin });
  Object.defineProperty(event, "source", { value: source });
  window.dispatchEvent(event);
}

test("the checkout is framed, closed in, and named", async () => {
  const assign = vi.spyOn(window.location, "assign");

  const { frame } = await embed("Kasse");

  expect(frame.dataset["src"]).toBe(CODE);
  expect(frame.title).toBe("Kasse");
  const sandbox = frame.getAttribute("sandbox")?.split(" ");
  expect(sandbox).toContain("allow-same-origin");
  expect(sandbox).not.toContain("allow-top-navigation");
  expect(sandbox).toContain("allow-modals");
  expect(sandbox).toContain("allow-storage-access-by-user-activation");
  expect(frame.getAttribute("referrerpolicy")).toBe("no-referrer");
  expect(assign).not.toHaveBeenCalled();
});

test("the checkout may pay: the shop's own origin, not the one that sends it on", async () => {
  const { frame } = await embed();

  const allowed = frame.allow.split(";").map((each) => each.trim());
  expect(allowed).toEqual([
    `payment ${SHOP}`,
    `publickey-credentials-get ${SHOP}`,
    `clipboard-write ${SHOP}`,
  ]);
});

test("it is welcomed by its origin, grows as it says, and tells how it went", async () => {
  const { frame, source } = await embed();

  say({ fanfare: 1, type: "ready" }, source);
  say({ fanfare: 1, type: "height", height: 812.3 }, source);
  say({ fanfare: 1, type: "failed", message: "The card was declined." }, source);
  say({ fanfare: 1, type: "completed", orderId: "1001" }, source);

  expect(welcome).toHaveBeenCalledExactlyOnceWith({ fanfare: 1, type: "welcome" }, SHOP);
  expect(frame.style.height).toBe("813px");
  expect(told).toEqual([
    { type: "ready", ...ABOUT },
    { type: "failed", ...ABOUT, message: "The card was declined." },
    { type: "completed", ...ABOUT, orderId: "1001" },
  ]);
});

test("what happens in the frame is read anew by its journey, and by no other", async () => {
  const mine = vi.spyOn(sdk.journeys.get("exp_1"), "refresh").mockResolvedValue();
  const other = vi.spyOn(sdk.journeys.get("exp_2"), "refresh").mockResolvedValue();
  const { source } = await embed();

  say({ fanfare: 1, type: "ready" }, source);
  say({ fanfare: 1, type: "completed" }, source);

  expect(mine).toHaveBeenCalledTimes(1);
  expect(other).not.toHaveBeenCalled();
});

test("once it closes it is gone, and is heard no more", async () => {
  const { source } = await embed();

  say({ fanfare: 1, type: "closed" }, source);
  say({ fanfare: 1, type: "completed" }, source);

  expect(container.children).toHaveLength(0);
  expect(told).toEqual([{ type: "closed", ...ABOUT }]);
});

test("once it closes, whoever was in it stands where it was", async () => {
  const { frame, source } = await embed();
  frame.tabIndex = 0;
  frame.focus();

  say({ fanfare: 1, type: "closed" }, source);

  expect(document.activeElement).toBe(container);
});

test("once it closes, whoever is elsewhere stays there", async () => {
  const elsewhere = document.createElement("button");
  document.body.append(elsewhere);
  const { source } = await embed();
  elsewhere.focus();

  say({ fanfare: 1, type: "closed" }, source);

  expect(document.activeElement).toBe(elsewhere);
  expect(container.hasAttribute("tabindex")).toBe(false);
});

test("another window, another origin and another protocol are not heard", async () => {
  const { frame, source } = await embed();

  say({ fanfare: 1, type: "completed" }, {});
  say({ fanfare: 1, type: "completed" }, null);
  say({ fanfare: 1, type: "completed" }, source, "https://evil.example");
  say({ fanfare: 1, type: "completed" }, source, "https://fanfare.example");
  say({ fanfare: 2, type: "completed" }, source);
  say({ type: "completed" }, source);
  say("completed", source);
  say(null, source);

  expect(told).toEqual([]);
  expect(frame.isConnected).toBe(true);
});

test.each([
  [{ height: "100%" }],
  [{ height: -5 }],
  [{ height: Number.NaN }],
  [{ height: "1px;position:fixed" }],
])("%o is no height", async (wrong) => {
  const { frame, source } = await embed();

  say({ fanfare: 1, type: "height", ...wrong }, source);

  expect(frame.style.height).toBe("");
});

test("a height has its end, and so have texts; what is no text is left out", async () => {
  const { frame, source } = await embed();

  say({ fanfare: 1, type: "height", height: 1e9 }, source);
  say({ fanfare: 1, type: "failed", message: "x".repeat(9_000), orderId: {} }, source);

  expect(frame.style.height).toBe("20000px");
  expect(told[0]?.message).toHaveLength(500);
  expect(told[0]).not.toHaveProperty("orderId");
});

test("a second checkout takes the first one's place", async () => {
  const first = await embed();
  const second = await embed();

  say({ fanfare: 1, type: "completed" }, first.source);
  say({ fanfare: 1, type: "completed" }, second.source);

  expect(container.querySelectorAll("iframe")).toHaveLength(1);
  expect(told).toHaveLength(1);
});

test("after the SDK's end nothing is told", async () => {
  const { source } = await embed();

  sdk.destroy();
  say({ fanfare: 1, type: "completed" }, source);

  expect(told).toEqual([]);
});

test("an SDK that has ended frames nothing", () => {
  const framed = { url: CODE, origin: SHOP, title: "Checkout" };

  fill(container, framed, AbortSignal.abort(), (news) => told.push({ ...ABOUT, ...news }));

  expect(container.children).toHaveLength(0);
});

test("an embedded checkout needs somewhere to be", async () => {
  const nowhere = sdk.checkout.handoff({ token: admissionToken() }, { pattern: "embedded" });

  await expect(nowhere).rejects.toMatchObject({ code: "INVALID_CONFIG" });
  expect(service.calls("/handoffs")).toEqual([]);
});

test("an SDK that ends while the frame's part is loading fills nothing", async () => {
  vi.doMock("../../src/checkout/frame.js", async (original) => {
    sdk.destroy();
    return original();
  });

  const handing = sdk.checkout.handoff(
    { token: admissionToken() },
    { pattern: "embedded", container },
  );

  await expect(handing).rejects.toMatchObject({ code: "ABORTED" });
  vi.doUnmock("../../src/checkout/frame.js");
  expect(container.childElementCount).toBe(0);
});
