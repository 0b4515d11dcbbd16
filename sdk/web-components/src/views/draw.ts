/** A draw: when, for how many, among how many. */
import type { Countdown, DrawDetails, Participating } from "@fanfare/sdk-core";
import { html, type TemplateResult } from "lit";
import { countdownTo } from "../format.js";
import { leaving } from "./leaving.js";
import { countdown, facts, heading, lead, moment } from "./parts.js";
import type { Ui } from "./ui.js";

interface DrawFigures {
  readonly drawAt: Date;
  readonly winnerCount: number;
  readonly entrantCount: number;
}

export function beforeDraw(ui: Ui, details: DrawDetails): TemplateResult {
  ui.tick();
  const drawAt = new Date(details.drawAt);
  return figures(ui, { ...details, drawAt }, countdownTo(drawAt, ui.clockOffset));
}

export function inDraw(ui: Ui, sequence: Participating<"draw">): TemplateResult {
  const { t } = ui;
  const display = ui.read(sequence.display$);
  const standing = display.standing === "backup" ? "backup" : "text";
  return html`${heading(t("participating.draw.title"), "star")}
    ${lead(t(`participating.draw.${standing}`))}
    ${figures(ui, display, ui.read(display.countdown$))}
    ${leaving(ui, "draw", () => sequence.leave())}`;
}

function figures(ui: Ui, draw: DrawFigures, left: Countdown | null): TemplateResult {
  const { t, format } = ui;
  return html`${countdown(ui, left, t("draw.in"))}
  ${facts([
    [t("draw.at"), moment(ui, draw.drawAt)],
    [t("draw.winners"), format.number(draw.winnerCount)],
    [t("draw.entrants"), format.number(draw.entrantCount)],
  ])}`;
}
