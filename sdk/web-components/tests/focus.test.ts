import { FanfareError } from "@fanfare/sdk-core";
import { afterEach, expect, test } from "vitest";
import { experience } from "../gallery/catalogue.js";
import { find, place, settled, textOf } from "./support/page.js";
import { view } from "./support/scenes.js";
import { scripted } from "./support/scripted.js";

afterEach(() => {
  document.body.replaceChildren();
});

// Each part comes once in a file: no other test here may show it before.
test.each([
  ["draw.enterable", "Enter the draw"],
  ["auction.enterable", "Bidding is open"],
  ["appointment.enterable", "Choose your time"],
  ["gated.access_code", "Enter your access code"],
])("%s, which comes later, is announced and given the focus", async (name, title) => {
  const journey = scripted(view("ready"), experience);
  const widget = await place({ journey });
  find(widget, "#start").focus();

  journey.show(view(name));
  await settled(widget);

  expect(textOf(widget, "#title")).toBe(title);
  expect(widget.shadowRoot?.activeElement?.id).toBe("title");
  expect(textOf(widget, "#live")).toMatch(new RegExp(`^${title}`));
});

test("whoever tried again stands at the heading once the button is gone", async () => {
  const error = new FanfareError("SERVICE_UNAVAILABLE", "Busy.", { retryable: true });
  const journey = scripted(view("queue.enterable"), experience, { error });
  const widget = await place({ journey });
  find(widget, "#retry").focus();

  journey.show(view("queue.enterable"), { error: null });
  await settled(widget);

  expect(widget.shadowRoot?.activeElement?.id).toBe("title");
});

test.each(["queue-participating", "participating"])(
  "what a page shows instead, in the slot %s, has the focus instead of the heading",
  async (slot) => {
    const journey = scripted(view("queue.enterable"), experience);
    const widget = await place({ journey });
    const own = document.createElement("section");
    own.slot = slot;
    widget.append(own);
    find(widget, "#enter").focus();

    journey.show(view("queue.participating"));
    await settled(widget);

    expect(document.activeElement).toBe(own);
    expect(own.getAttribute("tabindex")).toBe("-1");
  },
);
