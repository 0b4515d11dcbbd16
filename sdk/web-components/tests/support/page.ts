/** A page with one widget in it, and what it shows. */
import type { FanfareExperienceWidget } from "../../src/index.js";
import { registerWebComponents } from "../../src/index.js";

// In memory from the start: no test waits for a file.
await Promise.all([
  import("../../src/checks/prove.js"),
  import("../../src/messages/ar.js"),
  import("../../src/messages/de.js"),
  import("../../src/messages/en-later.js"),
  import("../../src/views/appointment.js"),
  import("../../src/views/auction.js"),
  import("../../src/views/draw.js"),
  import("../../src/views/extras.js"),
  import("../../src/views/gated.js"),
]);

export type Widget = FanfareExperienceWidget;

/** Puts a widget with these properties into the page, and waits until it shows something. */
export async function place(given: Partial<Widget>): Promise<Widget> {
  registerWebComponents();
  const widget = document.createElement("fanfare-experience-widget") as Widget;
  Object.assign(widget, { locale: "en", ...given });
  document.body.append(widget);
  await settled(widget);
  return widget;
}

/** Waits until nothing has changed for a while: what is loaded later is there, too. */
export async function settled(widget: Widget): Promise<void> {
  let quiet = 0;
  for (let before = ""; quiet < 8; quiet += 1) {
    await new Promise((resolve) => setTimeout(resolve));
    await widget.updateComplete;
    const now = widget.shadowRoot?.innerHTML ?? "";
    if (now !== before) quiet = 0;
    before = now;
  }
}

export function find<Kind extends HTMLElement>(widget: Widget, selector: string): Kind {
  const found = widget.renderRoot.querySelector<Kind>(selector);
  if (!found) throw new Error(`Nothing here is ${selector}.`);
  return found;
}

export function textOf(widget: Widget, selector = ".root"): string {
  return find(widget, selector).textContent?.replace(/\s+/g, " ").trim() ?? "";
}

export async function press(widget: Widget, selector: string): Promise<void> {
  find(widget, selector).click();
  await settled(widget);
}

export async function send(widget: Widget, values: Record<string, string>): Promise<void> {
  for (const [id, value] of Object.entries(values))
    find<HTMLInputElement>(widget, `#${id}`).value = value;
  find<HTMLFormElement>(widget, "form").requestSubmit();
  await settled(widget);
}
