/** The pieces that views are made of. */
import type { Countdown } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import type { MessageKey } from "../messages/index.js";
import { type IconName, icon } from "./icons.js";
import type { Ui } from "./ui.js";

export type Piece = TemplateResult | typeof nothing;

export function heading(title: string, picture?: IconName): TemplateResult {
  return html`${picture ? icon(picture) : nothing}
    <h2 id="title" part="title" tabindex="-1">${title}</h2>`;
}

export function lead(text: string): TemplateResult {
  return html`<p part="text" class="lead">${text}</p>`;
}

export interface ButtonOptions {
  readonly action: string;
  readonly label: string;
  readonly work: () => Promise<unknown>;
  readonly look?: "primary" | "quiet";
}

/** A button that stays where it is, and focused, while its work is under way. */
export function button(
  ui: Ui,
  { action, label, work, look = "primary" }: ButtonOptions,
): TemplateResult {
  return html`<button
    type="button"
    id=${action}
    class=${look}
    part="button ${look}"
    aria-disabled=${ui.busy ? "true" : "false"}
    @click=${() => ui.act(action, work)}
  >${working(ui, action, label)}</button>`;
}

export function working(ui: Ui, action: string, label: string): TemplateResult {
  if (ui.busy !== action) return html`<span>${label}</span>`;
  return html`<span class="spinner" aria-hidden="true"></span><span>${ui.t("busy")}</span>`;
}

export interface SureOptions {
  readonly action: string;
  readonly label: string;
  readonly question: string;
  readonly work: () => Promise<unknown>;
}

/** A button for what cannot be undone: it asks once more. */
export function sure(ui: Ui, { action, label, question, work }: SureOptions): TemplateResult {
  const ask = () => ui.set({ confirming: action }, "stay");
  if (ui.local.confirming !== action)
    return html`<button type="button" id=${action} class="quiet" part="button quiet" @click=${ask}>${label}</button>`;
  const stay = () => ui.set({ confirming: "" }, action);
  return html`<div class="sure" part="confirm" role="group" aria-labelledby="question">
    <p id="question">${question}</p>
    <div class="row">
      <button type="button" id="stay" class="second" part="button" aria-describedby="question" @click=${stay}>${ui.t("confirm.no")}</button>
      ${button(ui, { action, label: ui.t("confirm.yes"), work, look: "quiet" })}
    </div>
  </div>`;
}

export type Fact = readonly [label: string, value: unknown];

export function facts(rows: readonly (Fact | null)[]): Piece {
  const shown = rows.filter((row) => row !== null);
  if (shown.length === 0) return nothing;
  return html`<dl part="facts">
    ${shown.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

const UNITS = ["days", "hours", "minutes", "seconds"] as const;

/** Tiles that tick; a screen reader finds the time in words and is not told each second. */
export function countdown(ui: Ui, left: Countdown | null, label: string): Piece {
  if (!left) return nothing;
  const first = left.days > 0 ? 0 : left.hours > 0 ? 1 : 2;
  const shown = UNITS.slice(first);
  const two = new Intl.NumberFormat(ui.format.locale, { minimumIntegerDigits: 2 });
  return html`<div class="countdown" part="countdown">
    <p class="label" id="countdown">${label}</p>
    <div role="timer" aria-live="off" aria-label="${label}: ${ui.format.span(left.totalMs)}">
      ${shown.map(
        (unit) => html`<span class="tile" aria-hidden="true"
          ><b>${two.format(left[unit])}</b><i>${ui.t(`count.${unit}`)}</i></span
        >`,
      )}
    </div>
  </div>`;
}

export function moment(ui: Ui, at: Date): TemplateResult {
  return html`<time datetime=${at.toISOString()}>${ui.format.moment(at)}</time>`;
}

/** A text with the mechanism in its name, or another where there is none for it. */
export function either(
  known: Readonly<Record<string, MessageKey>>,
  name: string,
  other: MessageKey,
): MessageKey {
  return known[name] ?? other;
}
