/** Choosing a time: first the day, then the time of day. */
import type { AppointmentDetails, Slot } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import { type Day, type DayFormat, dayFormats, daysOf } from "../days.js";
import { submit } from "./fields.js";
import { lead } from "./parts.js";
import type { Ui } from "./ui.js";

export interface PickerOptions {
  readonly slots: readonly Slot[] | null;
  readonly locations: AppointmentDetails["locations"];
  readonly label: string;
  readonly choose: (slotId: string) => Promise<void>;
}

export function slotPicker(ui: Ui, options: PickerOptions): TemplateResult {
  const { t, local } = ui;
  if (!options.slots)
    return html`<p class="busy"><span class="spinner" aria-hidden="true"></span>${t("slots.loading")}</p>`;
  const { locale, timeZone } = ui.format;
  const format = dayFormats(locale, timeZone);
  const days = daysOf(options.slots, timeZone);
  const day = days.find(({ key }) => key === local.day) ?? days.find(hasRoom) ?? days[0];
  if (!day) return lead(t("slots.none"));
  const chosen = (event: Event) => {
    event.preventDefault();
    const { slot } = local;
    if (day.slots.some(({ id }) => id === slot) && slot) ui.act("book", () => options.choose(slot));
    else ui.set({ complaint: t("slots.choose") });
  };
  return html`<form novalidate @submit=${chosen}>
    ${dayChoice(ui, format, days, day)} ${timeChoice(ui, format, day, options.locations)}
    <p class="help">${t("slots.zone", { zone: format.zone(day.at) })}</p>
    <p class="wrong" role="alert">${local.complaint}</p>
    <div class="actions">${submit(ui, "book", options.label)}</div>
  </form>`;
}

function dayChoice(ui: Ui, format: DayFormat, days: readonly Day[], chosen: Day): TemplateResult {
  const choose = (key: string) => ui.set({ day: key, complaint: "" });
  return html`<fieldset part="days">
    <legend>${ui.t("slots.day")}</legend>
    <div class="chips">
      ${days.map(
        ({ key, at }) => html`<label class="chip" part="chip">
          <input type="radio" name="day" value=${key} .checked=${key === chosen.key} @change=${() => choose(key)} />
          <span>${format.day(at)}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

function timeChoice(
  ui: Ui,
  format: DayFormat,
  day: Day,
  locations: PickerOptions["locations"],
): TemplateResult {
  return html`<fieldset part="times">
    <legend>${ui.t("slots.time")}</legend>
    <div class="chips">
      ${day.slots.map(
        (slot) => html`<label class="chip" part="chip">
          <input type="radio" name="slot" value=${slot.id} ?disabled=${slot.available === 0} .checked=${slot.id === ui.local.slot} @change=${() => ui.set({ slot: slot.id, complaint: "" })} />
          <span>${format.time(new Date(slot.startTime))} ${place(slot, locations)} ${room(ui, slot)}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

function place(slot: Slot, locations: PickerOptions["locations"]): TemplateResult | typeof nothing {
  const found = locations.length > 1 && locations.find(({ id }) => id === slot.locationId);
  return found ? html`<small>${found.name}</small>` : nothing;
}

function room(ui: Ui, { available, capacity }: Slot): TemplateResult | typeof nothing {
  if (available === 0) return html`<small>${ui.t("slots.full")}</small>`;
  if (available === capacity || available > 5) return nothing;
  return html`<small>${ui.t("slots.left", { count: available, value: ui.format.number(available) })}</small>`;
}

function hasRoom({ slots }: Day): boolean {
  return slots.some(({ available }) => available > 0);
}
