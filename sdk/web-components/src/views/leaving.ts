/** The way out of what somebody takes part in. */
import type { Mechanism } from "@fanfare/sdk-core";
import { html, type TemplateResult } from "lit";
import { sure } from "./parts.js";
import type { Ui } from "./ui.js";

/** The way out, which asks once more. */
export function leaving(
  ui: Ui,
  mechanism: Exclude<Mechanism, "auction">,
  work: () => Promise<unknown>,
): TemplateResult {
  const label = ui.t(`participating.${mechanism}.leave`);
  const question = ui.t(`participating.${mechanism}.leave.sure`);
  return html`<div class="actions">${sure(ui, { action: "leave", label, question, work })}</div>`;
}
