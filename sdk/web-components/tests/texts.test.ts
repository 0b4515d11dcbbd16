import { FanfareError, type JourneyView, type SequenceView } from "@fanfare/sdk-core";
import { afterEach, expect, test } from "vitest";
import { experience } from "../gallery/catalogue.js";
import { place, textOf } from "./support/page.js";
import { view } from "./support/scenes.js";
import { scripted } from "./support/scripted.js";

afterEach(() => {
  document.body.replaceChildren();
});

/** Somebody who has left, and may enter again. */
function gone(name: string): JourneyView {
  const before = view(name);
  if (before.journeyStage !== "routed") throw new Error("It should be routed.");
  const ended = { phase: "ended", outcome: "left", enter: async () => {} };
  return { ...before, sequence: { ...before.sequence, ...ended } as SequenceView };
}

test.each(["queue.participating", "draw.settling", "queue.granted"])(
  "who is offline and holds a place is told that it is kept: %s",
  async (scene) => {
    const journey = scripted(view(scene), experience, { online: false });

    const widget = await place({ journey });

    expect(textOf(widget, ".offline")).toContain("You are offline. Your place is kept");
  },
);

test.each([
  "ready",
  "gated.authentication",
  "queue.scheduled",
  "queue.enterable",
  "queue.ended.left",
])("who is offline and holds no place is promised none: %s", async (scene) => {
  const journey = scripted(view(scene), experience, { online: false });

  const widget = await place({ journey });

  expect(textOf(widget, ".offline")).toBe("You are offline. We will continue when you are back.");
});

test("only a line has an end to join again at", async () => {
  const line = await place({ journey: scripted(gone("queue.enterable"), experience) });
  const draw = await place({ journey: scripted(gone("draw.enterable"), experience) });

  expect(textOf(line)).toContain("You may join again, at the end of the line.");
  expect(textOf(draw)).not.toContain("the line");
  expect(textOf(draw, "#enter")).toBe("Join again");
});

test("a launch that is full is not said to be sold", async () => {
  const error = new FanfareError("FULL", "Every place is taken.", { status: 429 });
  const journey = scripted(view("queue.enterable"), experience, { error });

  const widget = await place({ journey });

  const said = textOf(widget, "[role=alert]");
  expect(said).toContain("There is no room for more people right now.");
  expect(said).not.toContain("sold");
});
