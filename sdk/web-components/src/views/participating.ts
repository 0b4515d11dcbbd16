/** What people see while they wait. */
import type { Mechanism, Participating } from "@fanfare/sdk-core";
import { html, type TemplateResult } from "lit";
import { appointments, auctions, draws } from "./lazy.js";
import { leaving } from "./leaving.js";
import { facts, heading, lead, moment, type Piece } from "./parts.js";
import { inLine } from "./queue.js";
import type { Ui } from "./ui.js";

type AnyParticipating = { [Kind in Mechanism]: Participating<Kind> }[Mechanism];

export function participating(ui: Ui, sequence: AnyParticipating): Piece {
  switch (sequence.mechanism) {
    case "queue":
      return inLine(ui, sequence);
    case "draw":
      return draws(ui, ({ inDraw }) => inDraw(ui, sequence));
    case "auction":
      return auctions(ui, ({ bidding }) => bidding(ui, sequence));
    case "appointment":
      return appointments(ui, ({ booked }) => booked(ui, sequence));
    case "timed_release":
      return inRelease(ui, sequence);
    case "waitlist":
      return onWaitlist(ui, sequence);
  }
}

function inRelease(ui: Ui, sequence: Participating<"timed_release">): TemplateResult {
  const { t } = ui;
  return html`${heading(t("participating.timed_release.title"), "tag")}
    ${lead(t("participating.timed_release.text"))}
    <div class="dots" aria-hidden="true"><i></i><i></i><i></i></div>
    ${leaving(ui, "timed_release", () => sequence.leave())}`;
}

function onWaitlist(ui: Ui, sequence: Participating<"waitlist">): TemplateResult {
  const { t } = ui;
  const { status, enteredAt } = ui.read(sequence.display$);
  const text =
    status === "notified" ? "participating.waitlist.notified" : "participating.waitlist.text";
  return html`${heading(t("participating.waitlist.title"), "clock")} ${lead(t(text))}
    ${facts([[t("participating.waitlist.since"), moment(ui, enteredAt)]])}
    ${leaving(ui, "waitlist", () => sequence.leave())}`;
}
