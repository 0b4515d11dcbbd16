/** Before the journey, and while the way is looked for. */
import type { ReadyView } from "@fanfare/sdk-core";
import { html, type TemplateResult } from "lit";
import { button, heading, lead } from "./parts.js";
import type { Ui } from "./ui.js";

export function ready(ui: Ui, view: ReadyView): TemplateResult {
  const { t } = ui;
  return html`${heading(t("ready.title"), "star")} ${lead(t("ready.text"))}
    <div class="actions">
      ${button(ui, { action: "start", label: t("ready.start"), work: () => view.start() })}
    </div>`;
}

export function routing(ui: Ui): TemplateResult {
  return html`${heading(ui.t("routing.title"))} ${lead(ui.t("routing.text"))}
    <div class="dots" aria-hidden="true"><i></i><i></i><i></i></div>`;
}
