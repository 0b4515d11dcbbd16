import type { FanfareSdk, JourneyView, SequenceView } from "@fanfare/sdk-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { experience } from "../gallery/catalogue.js";
import { sequences } from "../gallery/sequences.js";
import { place, press, settled, textOf, type Widget } from "./support/page.js";
import { scripted } from "./support/scripted.js";

// What the provider's script makes is kept for as long as the page is, so it is one for all tests.
const turnstile = { render: vi.fn(), remove: vi.fn() };
const reroute = vi.fn();
let journey: ReturnType<typeof scripted>;

beforeEach(() => {
  vi.resetAllMocks();
  vi.stubGlobal("turnstile", turnstile);
  const append = document.head.append.bind(document.head);
  vi.spyOn(document.head, "append").mockImplementation((node) => {
    if (node instanceof HTMLScriptElement) queueMicrotask(() => node.onload?.(new Event("load")));
    else append(node);
  });
  turnstile.render.mockImplementation(() => `widget-${turnstile.render.mock.calls.length}`);
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

async function checked(): Promise<Widget> {
  const gate = { kind: "bot_check", provider: "turnstile", siteKey: "site" } as const;
  const gated: JourneyView = { journeyStage: "gated", gates: [gate], reroute, retry: vi.fn() };
  const sdk = { auth: {}, config: { publishableKey: "pk_test_1" } } as unknown as FanfareSdk;
  journey = scripted(gated, experience);
  return place({ journey, sdk });
}

function boxes(widget: Widget): number {
  return widget.querySelectorAll("[slot=fanfare-bot-check]").length;
}

test("a hosted check ends when the widget leaves the page, and begins anew when it is back", async () => {
  const widget = await checked();
  const before = boxes(widget);

  widget.remove();
  await settled(widget);
  const away = [boxes(widget), turnstile.render.mock.calls.length];
  document.body.append(widget);
  await settled(widget);

  expect([before, ...away]).toEqual([1, 0, 1]);
  expect(turnstile.remove.mock.calls).toEqual([["widget-1"]]);
  expect([boxes(widget), turnstile.render.mock.calls.length]).toEqual([1, 2]);
  expect(textOf(widget, "[role=alert]")).toBe("");
});

test("a widget that is moved within the page asks once more, and takes that proof", async () => {
  const widget = await checked();
  const elsewhere = document.body.appendChild(document.createElement("div"));

  elsewhere.append(widget);
  await settled(widget);
  const [, [, { callback }]] = turnstile.render.mock.calls as [unknown, [unknown, HostedCallback]];
  reroute.mockImplementation(async () => journey.show({ journeyStage: "routing" }));
  callback("proof");
  await settled(widget);

  expect(reroute).toHaveBeenCalledExactlyOnceWith({ challenge: "proof" });
  expect(turnstile.remove.mock.calls).toEqual([["widget-1"], ["widget-2"]]);
  expect(boxes(widget)).toBe(0);
});

test("a check that nobody asks for any more stops nobody from going on", async () => {
  const enter = vi.fn(async () => {});
  const widget = await checked();

  journey.show(enterable(enter));
  await settled(widget);
  await press(widget, "#enter");

  expect(enter).toHaveBeenCalledOnce();
  expect([boxes(widget), reroute.mock.calls.length]).toEqual([0, 0]);
  expect(textOf(widget, "[role=alert]")).toBe("");
});

function enterable(enter: () => Promise<void>): JourneyView {
  const sequence = { ...sequences["queue.enterable"], enter } as SequenceView;
  return { journeyStage: "routed", sequence, offers: [], submitAccessCode: vi.fn() };
}

interface HostedCallback {
  readonly callback: (token: string) => void;
}
