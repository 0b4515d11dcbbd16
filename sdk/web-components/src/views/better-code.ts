/** A code for whoever is in already, and may get a better way by it. */
import type { RoutedView } from "@fanfare/sdk-core";
import { html, type TemplateResult } from "lit";
import { field, submit, valuesOf } from "./fields.js";
import type { Ui } from "./ui.js";

export function betterCode(ui: Ui, view: RoutedView): TemplateResult {
  const { t } = ui;
  const complain = () => ui.set({ field: "better", complaint: t("code.unchanged") }, "better");
  const send = async (code: string) => {
    const { outcome } = await view.submitAccessCode(code);
    if (outcome === "unchanged") complain();
  };
  const sent = (event: Event) => {
    const { better = "" } = valuesOf(event);
    if (better) ui.act("open", () => send(better));
    else complain();
  };
  return html`<details part="code">
    <summary>${t("code.have")}</summary>
    <form novalidate @submit=${sent}>
      ${field(ui, { id: "better", label: t("code.label"), most: 200 })}
      <div class="actions">${submit(ui, "open", t("code.submit"))}</div>
    </form>
  </details>`;
}
