import { type FakeFanfare, fakeFanfare } from "@fanfare/sdk-core/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { place, press, send, textOf, type Widget } from "./support/page.js";

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  localStorage.clear();
});

afterEach(async () => {
  document.body.replaceChildren();
  // A widget that has left ends its SDK a little later.
  await vi.advanceTimersByTimeAsync(10_000);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A page with a widget, and the service that its attributes name. */
async function visit(fake: FakeFanfare, more: Partial<Widget> = {}): Promise<Widget> {
  vi.stubGlobal("fetch", fake.fetch);
  const { publishableKey, organizationId, apiUrl } = fake.config;
  const { experienceId } = fake;
  return place({ publishableKey, organizationId, apiUrl, experienceId, autoStart: true, ...more });
}

async function sees(widget: Widget, title: string): Promise<void> {
  await vi.waitFor(() => expect(textOf(widget, "#title")).toBe(title), { timeout: 20_000 });
}

describe("with nothing but its attributes", () => {
  test("the widget leads from the line to the turn, and back out", async () => {
    const fake = fakeFanfare({ mechanism: "queue", experience: { notice: "One pair each." } });
    const widget = await visit(fake);

    await sees(widget, "The line is open");
    await press(widget, "#enter");
    await sees(widget, "You are in line");
    fake.admit();
    await vi.advanceTimersByTimeAsync(60_000);
    await sees(widget, "It is your turn");
    await press(widget, "#release");
    await press(widget, "#release");
    await sees(widget, "You have left");

    expect(textOf(widget, ".notice")).toContain("One pair each.");
  });

  test("somebody signs in, gives their code and is let through", async () => {
    const fake = fakeFanfare({ mechanism: "draw", requireAuthentication: true, accessCode: "VIP" });
    const widget = await visit(fake);

    await sees(widget, "Sign in to continue");
    await send(widget, { email: "ada@example.com" });
    await vi.waitFor(() => expect(textOf(widget, ".lead")).toContain("ada@example.com"));
    await send(widget, { otp: fake.otp("ada@example.com") });
    await sees(widget, "Enter your access code");
    await send(widget, { code: "VIP" });

    await sees(widget, "Enter the draw");
  });

  test("two widgets of a page share one SDK", async () => {
    const fake = fakeFanfare({ mechanism: "queue" });
    const widgets = [await visit(fake), await visit(fake)];

    for (const widget of widgets) await sees(widget, "The line is open");

    const introductions = fake.requests.filter(({ path }) =>
      path.endsWith("/organizations/current"),
    );
    expect(introductions).toHaveLength(1);
  });

  test("a key that cannot be one is said to be set up wrongly, and tried again by a button", async () => {
    const fake = fakeFanfare({ mechanism: "queue" });
    const widget = await visit(fake, { publishableKey: "nonsense" });
    await vi.waitFor(() => expect(textOf(widget, "[role=alert]")).toContain("set up"));

    widget.publishableKey = fake.config.publishableKey;

    await sees(widget, "The line is open");
    expect(textOf(widget, "[role=alert]")).toBe("");
  });

  test("an offline spell is shown as such, and passes", async () => {
    const fake = fakeFanfare({ mechanism: "queue" });
    const widget = await visit(fake);
    await sees(widget, "The line is open");
    await press(widget, "#enter");
    await sees(widget, "You are in line");

    fake.goOffline();
    await vi.advanceTimersByTimeAsync(60_000);
    await vi.waitFor(() => expect(textOf(widget, ".offline")).toContain("You are offline."));
    fake.goOnline();
    await vi.advanceTimersByTimeAsync(120_000);

    await vi.waitFor(() => expect(textOf(widget, ".offline")).toBe(""));
  });
});
