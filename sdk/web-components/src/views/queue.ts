/** The line: how many are ahead, how long it may take. */
import type { Participating, QueueDisplay } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import { type Fact, facts, heading, lead, type Piece, sure } from "./parts.js";
import type { Ui } from "./ui.js";

export function inLine(ui: Ui, sequence: Participating<"queue">): TemplateResult {
  const { t } = ui;
  const display = ui.read(sequence.display$);
  const where = display.inLobby ? "lobby" : "queue";
  return html`${heading(t(`participating.${where}.title`), "people")}
    ${display.inLobby ? lead(t("participating.lobby.text")) : html`${place(ui, display)} ${progress(ui, display)}`}
    ${facts([waitOf(ui, display), numberOf(ui, display)])}
    ${display.paused ? html`<p class="badge" part="paused">${t("participating.queue.paused")}</p>` : nothing}
    ${display.inLobby ? nothing : html`<p class="help">${t("participating.queue.keep")}</p>`}
    <div class="actions">
      ${sure(ui, {
        action: "leave",
        label: t("participating.queue.leave"),
        question: t("participating.queue.leave.sure"),
        work: () => sequence.leave(),
      })}
    </div>`;
}

function place(ui: Ui, { ahead, band }: QueueDisplay): Piece {
  const { t } = ui;
  if (ahead === 0)
    return html`<p class="figure words" part="figure"><b>${t("participating.queue.first")}</b></p>`;
  if (ahead !== null)
    return html`<p class="figure" part="figure">
      <b>${ui.format.number(ahead)}</b> <span>${t("participating.queue.ahead", { count: ahead })}</span>
    </p>`;
  if (band)
    return html`<p class="figure words" part="figure"><b>${t(`participating.queue.${band}`)}</b></p>`;
  return nothing;
}

const BANDS = { far: 0.15, near: 0.6, next: 0.95 } as const;

function progress(ui: Ui, { ahead, band }: QueueDisplay): Piece {
  const done =
    ahead !== null ? 1 - ahead / Math.max(1, ui.longest(ahead)) : band ? BANDS[band] : null;
  if (done === null) return nothing;
  // Never quite empty: somebody who has just come has begun, too.
  const value = Math.max(0.02, done);
  return html`<progress part="progress" max="1" .value=${value} aria-label=${ui.t("participating.queue.progress")}></progress>`;
}

function waitOf(ui: Ui, display: QueueDisplay): Fact | null {
  return display.inLobby ? null : [ui.t("participating.queue.wait"), waitText(ui, display)];
}

export function waitText({ t, format }: Ui, { estimatedWait, paused }: QueueDisplay): string {
  if (!estimatedWait || paused) return t("participating.queue.unknown");
  const { low, high } = estimatedWait;
  if (high < 60) return t("participating.queue.soon");
  return t("participating.queue.about", { wait: format.range(low, high) });
}

function numberOf(ui: Ui, { number }: QueueDisplay): Fact | null {
  return number === null ? null : [ui.t("participating.queue.number"), ui.format.number(number)];
}
