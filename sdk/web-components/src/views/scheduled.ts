/** What is not open yet, or not at all for now. */
import type { Mechanism, Scheduled, WaitlistOffer } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import type { MessageKey } from "../messages/index.js";
import { button, countdown, either, facts, heading, lead, moment, type Piece } from "./parts.js";
import type { Ui } from "./ui.js";

const TITLES: Readonly<Record<string, MessageKey>> = {
  queue: "scheduled.queue.title",
  draw: "scheduled.draw.title",
  auction: "scheduled.auction.title",
  appointment: "scheduled.appointment.title",
};

export function scheduled(ui: Ui, sequence: Scheduled<Mechanism>): TemplateResult {
  const { t } = ui;
  const { startsAt, enter, waitlist, mechanism } = sequence;
  const title = enter ? "lobby.title" : either(TITLES, mechanism, "scheduled.title");
  const text = enter ? "lobby.text" : startsAt ? "scheduled.text" : "scheduled.unknown";
  const left = ui.read(sequence.countdown$);
  return html`${heading(t(title), "clock")} ${countdown(ui, left, t("scheduled.in"))}
    ${lead(t(text))} ${facts([startsAt && [t("scheduled.opens"), moment(ui, startsAt)]])}
    ${
      enter
        ? html`<div class="actions">
            ${button(ui, { action: "enter", label: t("lobby.enter"), work: enter })}
          </div>`
        : nothing
    }
    ${waitlist ? reminder(ui, waitlist) : nothing}`;
}

function reminder(ui: Ui, waitlist: WaitlistOffer): Piece {
  const { t } = ui;
  if (waitlist.status === "open")
    return html`<div class="aside" part="waitlist">
      <p>${t("reminder.text")}</p>
      ${button(ui, { action: "remind", label: t("reminder.join"), work: () => waitlist.join(), look: "primary" })}
    </div>`;
  const joined = waitlist.status === "joined";
  return html`<div class="aside" part="waitlist">
    <p>${t(joined ? "reminder.joined" : "reminder.notified")}</p>
    ${
      joined
        ? button(ui, {
            action: "forget",
            label: t("reminder.leave"),
            work: () => waitlist.leave(),
            look: "quiet",
          })
        : nothing
    }
  </div>`;
}

export function unavailable(ui: Ui): TemplateResult {
  return html`${heading(ui.t("unavailable.title"), "pause")} ${lead(ui.t("unavailable.text"))}`;
}
