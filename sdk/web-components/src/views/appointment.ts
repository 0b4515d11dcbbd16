/** A booked time: keep it, change it, give it up. */
import type { AppointmentDisplay, Enterable, Participating } from "@fanfare/sdk-core";
import { html, type TemplateResult } from "lit";
import { calendarFile, download } from "../calendar.js";
import { facts, heading, lead, moment, sure } from "./parts.js";
import { slotPicker } from "./slots.js";
import type { Ui } from "./ui.js";

export function choosing(ui: Ui, sequence: Enterable<"appointment">): TemplateResult {
  const { t } = ui;
  return html`${heading(t("enterable.appointment.title"), "calendar")}
  ${lead(t("enterable.appointment.text"))}
  ${slotPicker(ui, {
    slots: ui.read(sequence.slots$).slots,
    locations: sequence.details.locations,
    label: t("slots.book"),
    choose: (slotId) => sequence.book(slotId),
  })}`;
}

export function booked(ui: Ui, sequence: Participating<"appointment">): TemplateResult {
  const { t } = ui;
  const display = ui.read(sequence.display$);
  return html`${heading(t("participating.appointment.title"), "calendar")}
    ${facts([
      [t("participating.appointment.when"), moment(ui, display.startTime)],
      display.locationName ? [t("participating.appointment.where"), display.locationName] : null,
      [t("participating.appointment.code"), html`<code>${display.confirmationCode}</code>`],
    ])}
    ${ui.local.changing ? change(ui, sequence) : keep(ui, sequence, display)}`;
}

function keep(
  ui: Ui,
  sequence: Participating<"appointment">,
  display: AppointmentDisplay,
): TemplateResult {
  const { t } = ui;
  return html`<div class="actions">
    <button type="button" class="second" part="button" @click=${() => save(ui, sequence, display)}>
      ${t("participating.appointment.calendar")}
    </button>
    <button type="button" id="change" class="quiet" part="button quiet" @click=${() => ui.set({ changing: true }, "keep")}>
      ${t("participating.appointment.change")}
    </button>
    ${sure(ui, {
      action: "leave",
      label: t("participating.appointment.leave"),
      question: t("participating.appointment.leave.sure"),
      work: () => sequence.cancel(),
    })}
  </div>`;
}

function change(ui: Ui, sequence: Participating<"appointment">): TemplateResult {
  const { t } = ui;
  const choose = async (slotId: string) => {
    await sequence.reschedule(slotId);
    ui.set({ changing: false }, "change");
  };
  return html`<button type="button" id="keep" class="quiet" part="button quiet" @click=${() => ui.set({ changing: false }, "change")}>
      ${t("participating.appointment.keep")}
    </button>
    ${slotPicker(ui, {
      slots: ui.read(sequence.slots$).slots,
      locations: sequence.details.locations,
      label: t("slots.reschedule"),
      choose,
    })}`;
}

function save(
  ui: Ui,
  { details }: Participating<"appointment">,
  display: AppointmentDisplay,
): void {
  const file = calendarFile({
    id: `${details.id}-${display.confirmationCode}`,
    title: [ui.experience?.name, details.name].filter(Boolean).join(": "),
    start: display.startTime,
    end: display.endTime,
    location: display.locationName,
  });
  download("appointment.ics", file);
}
