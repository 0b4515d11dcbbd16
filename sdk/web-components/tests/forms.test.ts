import type { Auth, FanfareSdk, JourneyView, SequenceView } from "@fanfare/sdk-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { experience, slots } from "../gallery/catalogue.js";
import { sequences } from "../gallery/sequences.js";
import { find, place, press, send, settled, textOf } from "./support/page.js";
import { scripted } from "./support/scripted.js";

afterEach(() => {
  document.body.replaceChildren();
  vi.unstubAllGlobals();
});

function routed(name: string, actions: object, submitAccessCode = vi.fn()): JourneyView {
  const sequence = { ...sequences[name], ...actions } as SequenceView;
  return { journeyStage: "routed", sequence, offers: [], submitAccessCode };
}

function sdkWith(auth: Partial<Auth>): FanfareSdk {
  return { auth, config: { publishableKey: "pk_test_1" } } as unknown as FanfareSdk;
}

describe("bidding", () => {
  test("sends exact amounts as the visitor's language writes them", async () => {
    const bid = vi.fn(async () => {});
    const journey = scripted(routed("auction.enterable", { bid }), experience);
    const widget = await place({ journey, locale: "de" });

    await send(widget, { bid: "1.475,50", max: "2000" });

    expect(bid).toHaveBeenCalledExactlyOnceWith("1475.50", { maxAmount: "2000" });
  });

  test.each([
    [{ bid: "lots" }, "bid", "Enter an amount such as €1,475.00."],
    [{ bid: "1474.99" }, "bid", "Bid at least €1,475.00."],
    [{ bid: "1500", max: "1400" }, "max", "This must not be less than your bid."],
  ])("%j is refused beside its field, which gets the focus", async (values, id, sentence) => {
    const bid = vi.fn(async () => {});
    const widget = await place({
      journey: scripted(routed("auction.enterable", { bid }), experience),
    });

    await send(widget, values);

    expect(textOf(widget, `#${id}-help`)).toBe(sentence);
    expect(find(widget, `#${id}`).getAttribute("aria-invalid")).toBe("true");
    expect(widget.shadowRoot?.activeElement?.id).toBe(id);
    expect(bid).not.toHaveBeenCalled();
  });

  test("at a falling price buys at the price that is shown", async () => {
    const bid = vi.fn(async () => {});
    const journey = scripted(routed("auction.enterable.dutch", { bid }), experience);
    const widget = await place({ journey });

    await press(widget, "#buy");

    expect(bid).toHaveBeenCalledExactlyOnceWith("890.00");
  });
});

describe("booking", () => {
  test("takes the time that was chosen", async () => {
    const book = vi.fn(async () => {});
    const widget = await place({
      journey: scripted(routed("appointment.enterable", { book }), experience),
    });
    const [, second] = slots;

    await send(widget, {});
    const complaint = textOf(widget, "form [role=alert]");
    await press(widget, `input[value="${second?.id}"]`);
    await send(widget, {});

    expect(complaint).toBe("Choose a time first.");
    expect(book).toHaveBeenCalledExactlyOnceWith(second?.id);
  });

  test("offers no time that is full", async () => {
    const widget = await place({
      journey: scripted(routed("appointment.enterable", {}), experience),
    });
    const full = slots.find(({ available }) => available === 0);

    expect(find<HTMLInputElement>(widget, `input[value="${full?.id}"]`).disabled).toBe(true);
  });

  test("can be moved to another time", async () => {
    const reschedule = vi.fn(async () => {});
    const view = routed("appointment.participating", { reschedule });
    const widget = await place({ journey: scripted(view, experience) });

    await press(widget, "#change");
    await press(widget, `input[value="${slots[0]?.id}"]`);
    await send(widget, {});

    expect(reschedule).toHaveBeenCalledExactlyOnceWith(slots[0]?.id);
    expect(widget.shadowRoot?.activeElement?.id).toBe("change");
  });
});

describe("signing in", () => {
  const gates = [{ kind: "authentication", methods: ["otp", "external"] }] as const;

  test("asks for an address, then for the code, then for the way", async () => {
    const auth = { requestOtp: vi.fn(async () => {}), verifyOtp: vi.fn() };
    const retry = vi.fn(async () => {});
    const journey = scripted({ journeyStage: "gated", gates, reroute: vi.fn(), retry }, experience);
    const widget = await place({ journey, sdk: sdkWith(auth) });

    await send(widget, { email: "not an address" });
    const complaint = textOf(widget, "#email-help");
    await send(widget, { email: " ada@example.com " });
    const asked = textOf(widget, ".lead");
    await send(widget, { otp: "123 456" });

    expect(complaint).toBe("Check what you entered and try again.");
    expect(asked).toContain("ada@example.com");
    expect(auth.requestOtp).toHaveBeenCalledExactlyOnceWith({ email: "ada@example.com" });
    expect(auth.verifyOtp).toHaveBeenCalledExactlyOnceWith({
      email: "ada@example.com",
      code: "123456",
    });
    expect(retry).toHaveBeenCalledOnce();
  });

  test("happens on the shop's page where the widget cannot do it", async () => {
    const retry = vi.fn(async () => {});
    const journey = scripted({ journeyStage: "gated", gates, reroute: vi.fn(), retry }, experience);
    const widget = await place({ journey });

    await press(widget, "#signed-in");

    expect(retry).toHaveBeenCalledOnce();
  });
});

describe("an access code", () => {
  test("that opens nothing says so beside its field", async () => {
    const reroute = vi.fn(async () => {});
    const gates = [{ kind: "access_code" }] as const;
    const journey = scripted({ journeyStage: "gated", gates, reroute, retry: vi.fn() }, experience);
    const widget = await place({ journey });

    await send(widget, { code: " VIP " });

    expect(reroute).toHaveBeenCalledExactlyOnceWith({ accessCode: "VIP" });
    expect(textOf(widget, "#code-help")).toContain("does not work here");
  });

  test("may better somebody's way where the experience has codes", async () => {
    const submit = vi.fn(async () => ({ outcome: "unchanged" }));
    const path = {
      hasAccessCode: true,
      queues: [],
      draws: [],
      auctions: [],
      appointments: [],
      timedReleases: [],
    };
    const shown = { ...experience, sequences: [path] } as unknown as typeof experience;
    const widget = await place({ journey: scripted(routed("queue.enterable", {}, submit), shown) });

    await send(widget, { better: "VIP" });

    expect(submit).toHaveBeenCalledExactlyOnceWith("VIP");
    expect(textOf(widget, "#better-help")).toContain("changes nothing here");
  });
});

describe("a bot check", () => {
  const gate = {
    kind: "bot_check",
    provider: "altcha",
    challengeUrl: "https://f.example/c",
  } as const;

  test("that is not passed is tried again by a button only", async () => {
    vi.stubGlobal("isSecureContext", true);
    const ask = vi.fn(async () => new Response(null, { status: 429 }));
    vi.stubGlobal("fetch", ask);
    const gated: JourneyView = {
      journeyStage: "gated",
      gates: [gate],
      reroute: vi.fn(),
      retry: vi.fn(),
    };
    const widget = await place({ journey: scripted(gated, experience), sdk: sdkWith({}) });
    await settled(widget);
    const before = ask.mock.calls.length;

    await press(widget, "#check");
    await settled(widget);

    const headers = expect.objectContaining({ "X-Publishable-Key": "pk_test_1" });
    expect([before, ask.mock.calls.length]).toEqual([1, 2]);
    expect(ask).toHaveBeenLastCalledWith(
      "https://f.example/c",
      expect.objectContaining({ headers }),
    );
    expect(textOf(widget, "[role=alert]")).toContain("very busy");
  });

  test("needs a page by https", async () => {
    vi.stubGlobal("isSecureContext", false);
    const gated: JourneyView = {
      journeyStage: "gated",
      gates: [gate],
      reroute: vi.fn(),
      retry: vi.fn(),
    };
    const widget = await place({ journey: scripted(gated, experience), sdk: sdkWith({}) });
    await settled(widget);

    expect(textOf(widget, "[role=alert]")).toContain("https");
  });
});

describe("the checkout", () => {
  test("is reached as the page has said", async () => {
    const checkout = vi.fn();
    const journey = scripted(routed("queue.granted", { checkout }), experience);
    const widget = await place({ journey, checkoutUrl: "/pay", checkoutOptions: { quantity: 2 } });

    await press(widget, "#checkout");

    expect(checkout).toHaveBeenCalledExactlyOnceWith({
      checkoutUrl: "/pay",
      via: "session_storage",
      quantity: 2,
    });
  });
});
