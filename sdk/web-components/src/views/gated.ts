/** The gates, one after the other in the order in which they have to be passed. */
import type { GatedView } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import { field, submit, valuesOf } from "./fields.js";
import { heading, lead } from "./parts.js";
import { signIn } from "./sign-in.js";
import type { BotCheck, Ui } from "./ui.js";

export function gated(ui: Ui, view: GatedView): TemplateResult {
  const [gate] = view.gates;
  return html`${step(ui, view)}
  ${
    gate?.kind === "bot_check"
      ? botCheck(ui, gate)
      : gate?.kind === "access_code"
        ? accessCode(ui, view)
        : signIn(ui, view, gate?.methods ?? [])
  }`;
}

function step(ui: Ui, view: GatedView): TemplateResult | typeof nothing {
  if (view.gates.length < 2) return nothing;
  return html`<p class="label" part="step">${ui.t("gate.step", { count: view.gates.length })}</p>`;
}

function accessCode(ui: Ui, view: GatedView): TemplateResult {
  const { t } = ui;
  const send = async (accessCode: string) => {
    await view.reroute({ accessCode });
    // Where it opened something another view has come, which remembers nothing of this.
    ui.set({ field: "code", complaint: t("code.wrong") }, "code");
  };
  const sent = (event: Event) => {
    const { code = "" } = valuesOf(event);
    if (code) ui.act("open", () => send(code));
    else ui.set({ field: "code", complaint: t("code.wrong") }, "code");
  };
  return html`${heading(t("code.title"), "lock")} ${lead(t("code.text"))}
    <form novalidate @submit=${sent}>
      ${field(ui, { id: "code", label: t("code.label"), most: 200 })}
      <div class="actions">${submit(ui, "open", t("code.submit"))}</div>
    </form>`;
}

function botCheck(ui: Ui, gate: BotCheck): TemplateResult {
  const { t } = ui;
  return html`${heading(t("check.title"), "shield")}
    ${lead(t(gate.challengeUrl ? "check.text" : "check.hosted"))}
    <slot name="fanfare-bot-check"></slot>
    ${
      ui.problem
        ? html`<div class="actions">
            <button type="button" id="check" class="primary" part="button primary" @click=${ui.check}>
              ${t("check.again")}
            </button>
          </div>`
        : html`<p class="busy"><span class="spinner" aria-hidden="true"></span>${t("check.working")}</p>`
    }`;
}
