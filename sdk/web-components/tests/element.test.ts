import { FanfareError, type FanfareSdk, type JourneyView } from "@fanfare/sdk-core";
import { afterEach, describe, expect, test, vi } from "vitest";
import { experience } from "../gallery/catalogue.js";
import { scenes } from "../gallery/scenes.js";
import { type FanfareEventMap, registerWebComponents } from "../src/index.js";
import { find, place, press, settled, textOf, type Widget } from "./support/page.js";
import { view } from "./support/scenes.js";
import { scripted } from "./support/scripted.js";

const ready: JourneyView = { journeyStage: "ready", start: async () => {} };

afterEach(() => {
  document.body.replaceChildren();
});

/** Everything that the widget tells from now on. */
function heard(widget: Widget): [string, unknown][] {
  const told: [string, unknown][] = [];
  const names = ["fanfare-journey-change", "fanfare-admitted", "fanfare-error"] as const;
  for (const name of names)
    widget.addEventListener(name, (event) => {
      told.push([name, (event as FanfareEventMap[typeof name]).detail]);
    });
  return told;
}

describe.each(Object.entries(scenes))("the scene %s", (_, scene) => {
  test("shows a heading and no text that is missing", async () => {
    const widget = await place({ journey: scripted(scene.view, experience, scene.snapshot) });

    expect(textOf(widget, "#title")).not.toBe("");
    expect(textOf(widget)).not.toMatch(/undefined|null|NaN|\[object|\{\w+\}/);
  });

  test("shows no token to anybody", async () => {
    const journey = scripted(ready, experience, scene.snapshot);
    const widget = await place({ journey });
    const told = heard(widget);

    journey.show(scene.view);
    await settled(widget);

    expect(JSON.stringify(told) + widget.outerHTML + find(widget, ".root").outerHTML).not.toContain(
      "the token that nobody may see",
    );
  });
});

describe("the element", () => {
  test("is defined once, however often it is asked for", () => {
    registerWebComponents();
    const first = customElements.get("fanfare-experience-widget");
    registerWebComponents();

    expect(customElements.get("fanfare-experience-widget")).toBe(first);
  });

  test("tells where the customer is, each time that it changes and only then", async () => {
    const journey = scripted(ready, experience);
    const widget = await place({ journey });
    const told = heard(widget);

    journey.show(view("queue.enterable"));
    await settled(widget);
    journey.show({ ...view("queue.enterable") } as JourneyView);
    await settled(widget);

    const where = { mechanism: "queue", phase: "enterable", sequenceId: "seq_1" };
    expect(told).toEqual([
      ["fanfare-journey-change", expect.objectContaining({ experienceId: "exp_1", ...where })],
    ]);
    expect(widget.getAttribute("phase")).toBe("queue-enterable");
  });

  test("tells of an admission by its id, once", async () => {
    const journey = scripted(view("queue.participating"), experience);
    const widget = await place({ journey });
    const told = heard(widget);

    journey.show(view("queue.granted"));
    await settled(widget);
    journey.show(view("queue.granted"));
    await settled(widget);

    const admitted = told
      .filter(([name]) => name === "fanfare-admitted")
      .map(([, detail]) => detail);
    expect(admitted).toEqual([
      expect.objectContaining({ admissionId: "adm_1", expiresAt: expect.any(Date) }),
    ]);
  });

  test("shows what went wrong and what to do, and tells the page", async () => {
    const error = new FanfareError("RATE_LIMITED", "Slow down.", { status: 429, retryable: true });
    const journey = scripted(view("queue.enterable"), experience);
    const widget = await place({ journey });
    const told = heard(widget);

    journey.show(view("queue.enterable"), { error });
    await settled(widget);

    expect(textOf(widget, "[role=alert]")).toContain("Wait a moment and try again.");
    expect(told).toEqual([
      ["fanfare-error", expect.objectContaining({ code: "RATE_LIMITED", status: 429 })],
    ]);
  });

  test("starts by itself where it was told to, with the code that it was given", async () => {
    const journey = scripted(ready, experience);
    const widget = await place({ journey, autoStart: true, accessCode: "VIP" });

    widget.requestUpdate();
    await settled(widget);

    expect(journey.starts).toEqual([{ accessCode: "VIP" }]);
  });

  test("waits without an error for an SDK that is on its way", async () => {
    const widget = await place({ sdk: null, experienceId: "exp_1" });

    expect(textOf(widget, "#title")).toBe("Finding your way in");
    expect(textOf(widget, "[role=alert]")).toBe("");
  });

  test("shows the journey of an SDK that it is given", async () => {
    const journey = scripted(view("draw.enterable"), experience);
    const get = vi.fn(() => journey);
    const sdk = { journeys: { get }, config: {}, auth: {} } as unknown as FanfareSdk;
    const widget = await place({ sdk, experienceId: "exp_1" });

    expect(textOf(widget, "#title")).toBe("Enter the draw");
    expect(get).toHaveBeenCalledWith("exp_1");
  });

  test("says so where it is not set up", async () => {
    const widget = await place({ experienceId: "exp_1" });

    expect(textOf(widget, "[role=alert]")).toContain("not set up correctly");
  });

  test("lets go of every store when it leaves the page, and takes them up again", async () => {
    const journey = scripted(view("queue.participating"), experience);
    const widget = await place({ journey });
    const listeners = () => (journey.view$ as unknown as { listeners: number }).listeners;
    const before = listeners();

    widget.remove();
    const without = listeners();
    document.body.append(widget);
    await settled(widget);

    expect([before, without, listeners()]).toEqual([1, 0, 1]);
  });

  test("takes nothing up again for what was asked for just before it left", async () => {
    const journey = scripted(view("queue.participating"), experience);
    const get = vi.fn(() => journey);
    const sdk = { journeys: { get }, config: {}, auth: {} } as unknown as FanfareSdk;
    const widget = await place({ sdk, experienceId: "exp_1" });
    const listeners = () => (journey.view$ as unknown as { listeners: number }).listeners;

    widget.setAttribute("theme", "retro");
    widget.remove();
    await settled(widget);
    const without = listeners();
    document.body.append(widget);
    await settled(widget);

    expect([without, listeners()]).toEqual([0, 1]);
    expect(find(widget, ".root").className).toContain("retro");
  });

  test("shows what a page puts into the slot of a phase", async () => {
    const widget = await place({ journey: scripted(view("queue.participating"), experience) });
    const names = [...widget.renderRoot.querySelectorAll("slot")].map((slot) => slot.name);

    expect(names).toEqual(["queue-participating", "participating"]);
  });
});

test("what stands in the element until it is defined gives way to it", async () => {
  document.body.innerHTML = "<fanfare-experience-widget><p>Wait.</p></fanfare-experience-widget>";
  const widget = document.querySelector("fanfare-experience-widget") as Widget;
  const instead = widget.querySelector("p") as HTMLElement;

  widget.journey = scripted(view("queue.participating"), experience);
  await settled(widget);
  const slots = [...widget.renderRoot.querySelectorAll("slot")];

  expect(textOf(widget, "#title")).toBe("You are in line");
  expect(slots.flatMap((slot) => slot.assignedElements())).not.toContain(instead);
});

describe("a screen reader", () => {
  test("is told of a change, and of the place in the line", async () => {
    const journey = scripted(view("queue.enterable"), experience);
    const widget = await place({ journey });

    journey.show(view("queue.participating"));
    await settled(widget);

    expect(textOf(widget, "#live")).toBe(
      "You are in line. 1,284 people are ahead of you. Your wait: about 12–18 minutes",
    );
  });

  test.each([
    ["auction.participating", "You have the highest bid"],
    ["auction.participating.shared", "You are among the winning bids"],
  ])("hears of the bidding what the screen shows: %s", async (scene, said) => {
    const journey = scripted(view("auction.enterable"), experience);
    const widget = await place({ journey });

    journey.show(view(scene));
    await settled(widget);

    expect(textOf(widget, "[part=standing]")).toBe(said);
    expect(textOf(widget, "#live")).toBe(`You are bidding. ${said}`);
  });

  test.each([
    ["next", "You are in line. You are next. Your wait: less than a minute"],
    ["near", "You are in line. You are getting close. Your wait: about 3–7 minutes"],
  ] as const)("hears of the line what the screen shows: %s", async (scene, said) => {
    const journey = scripted(view("queue.enterable"), experience);
    const widget = await place({ journey });

    journey.show(view(`queue.participating.${scene}`));
    await settled(widget);

    expect(textOf(widget, "#live")).toBe(said);
  });

  test("has the focus on the new heading when it was inside, and is left alone when it was not", async () => {
    const journey = scripted(view("queue.enterable"), experience);
    const widget = await place({ journey });
    journey.show(view("queue.participating"));
    await settled(widget);
    const outside = widget.shadowRoot?.activeElement ?? null;

    find(widget, "#leave").focus();
    journey.show(view("queue.granted"));
    await settled(widget);

    expect(outside).toBeNull();
    expect(widget.shadowRoot?.activeElement?.id).toBe("title");
  });

  test("keeps the focus while things tick", async () => {
    const journey = scripted(view("auction.enterable"), experience);
    const widget = await place({ journey });
    find(widget, "#bid").focus();

    journey.show({ ...view("auction.enterable") } as JourneyView);
    await settled(widget);

    expect(widget.shadowRoot?.activeElement?.id).toBe("bid");
  });

  test("hears the page's language, from the right where it is written so", async () => {
    const widget = await place({ journey: scripted(ready, experience), locale: "ar" });
    await settled(widget);

    expect(find(widget, ".root").lang).toBe("ar");
    expect(find(widget, ".root").dir).toBe("rtl");
    expect(textOf(widget, "#ready, #start")).toBe("ابدأ");
  });
});

describe("an action", () => {
  test("is asked for once more where it cannot be undone", async () => {
    const leave = vi.fn(async () => {});
    const line = view("queue.participating");
    if (line.journeyStage !== "routed") throw new Error("It should be routed.");
    const shown = { ...line, sequence: { ...line.sequence, leave } } as JourneyView;
    const widget = await place({ journey: scripted(shown, experience) });

    await press(widget, "#leave");
    const asked = [leave.mock.calls.length, widget.shadowRoot?.activeElement?.id];
    await press(widget, "#stay");
    await press(widget, "#leave");
    await press(widget, "#leave");

    expect(asked).toEqual([0, "stay"]);
    expect(leave).toHaveBeenCalledOnce();
  });

  test("that fails says what to do, and can be tried again", async () => {
    const opensAt = new Date("2026-12-01T09:00:00Z");
    const refused = new FanfareError("SOLD_OUT", "Sold out.", {
      status: 409,
      details: [{ field: "stock", message: "There is none." }],
      requestId: "req_1",
      retryAfter: 30,
      opensAt,
    });
    const enter = vi.fn(async () => {
      throw refused;
    });
    const open = view("queue.enterable");
    if (open.journeyStage !== "routed") throw new Error("It should be routed.");
    const shown = { ...open, sequence: { ...open.sequence, enter } } as JourneyView;
    const widget = await place({ journey: scripted(shown, experience) });
    const told = heard(widget);

    await press(widget, "#enter");
    await press(widget, "#enter");

    expect(textOf(widget, "[role=alert]")).toContain("Everything is sold or reserved.");
    expect(enter).toHaveBeenCalledTimes(2);
    expect(told.map(([name]) => name)).toEqual(["fanfare-error", "fanfare-error"]);
    expect(told[0]?.[1]).toMatchObject({
      code: "SOLD_OUT",
      details: [{ field: "stock", message: "There is none." }],
      requestId: "req_1",
      retryAfter: 30,
      opensAt,
    });
  });

  test("runs once, however often its button is pressed", async () => {
    let finish = () => {};
    const start = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const widget = await place({ journey: scripted({ journeyStage: "ready", start }, experience) });

    await press(widget, "#start");
    await press(widget, "#start");
    const busy = find(widget, "#start").getAttribute("aria-disabled");
    finish();
    await settled(widget);

    expect(start).toHaveBeenCalledOnce();
    expect([busy, find(widget, "#start").getAttribute("aria-disabled")]).toEqual(["true", "false"]);
  });
});
