/** Signing in by a code that comes by e-mail. */
import type { Auth, GatedView } from "@fanfare/sdk-core";
import { html, type TemplateResult } from "lit";
import { field, submit, valuesOf } from "./fields.js";
import { button, heading, lead } from "./parts.js";
import type { Ui } from "./ui.js";

export function signIn(ui: Ui, view: GatedView, methods: readonly string[]): TemplateResult {
  const { t, auth, local } = ui;
  const form =
    !auth || !methods.includes("otp")
      ? elsewhere(ui, view)
      : local.email
        ? giveCode(ui, view, auth, local.email)
        : giveAddress(ui, auth);
  return html`${heading(t("authentication.title"), "lock")} ${form}`;
}

function elsewhere(ui: Ui, view: GatedView): TemplateResult {
  const { t } = ui;
  return html`${lead(t("authentication.elsewhere"))}
    <div class="actions">
      ${button(ui, { action: "signed-in", label: t("authentication.done"), work: () => view.retry() })}
    </div>`;
}

function giveAddress(ui: Ui, auth: Auth): TemplateResult {
  const { t } = ui;
  const request = async (email: string) => {
    await auth.requestOtp({ email });
    ui.set({ email, field: "", complaint: "" }, "otp");
  };
  const sent = (event: Event) => {
    const { email = "" } = valuesOf(event);
    if (/^\S+@\S+$/.test(email)) ui.act("send", () => request(email));
    else ui.set({ field: "email", complaint: t("error.invalid") }, "email");
  };
  return html`${lead(t("authentication.text"))}
    <form novalidate @submit=${sent}>
      ${field(ui, { id: "email", label: t("authentication.email"), type: "email", complete: "email" })}
      <div class="actions">${submit(ui, "send", t("authentication.send"))}</div>
    </form>`;
}

function giveCode(ui: Ui, view: GatedView, auth: Auth, email: string): TemplateResult {
  const { t } = ui;
  const verify = async (code: string) => {
    await auth.verifyOtp({ email, code });
    await view.retry();
  };
  const sent = (event: Event) => {
    const code = (valuesOf(event)["otp"] ?? "").replace(/\D/g, "");
    if (code.length === 6) ui.act("verify", () => verify(code));
    else ui.set({ field: "otp", complaint: t("error.otp") }, "otp");
  };
  const other = () => ui.set({ email: "" }, "email");
  return html`${lead(t("authentication.sent", { email }))}
    <form novalidate @submit=${sent}>
      ${field(ui, { id: "otp", label: t("authentication.code"), mode: "numeric", complete: "one-time-code", most: 12 })}
      <div class="actions">
        ${submit(ui, "verify", t("authentication.verify"))}
        ${button(ui, {
          action: "again",
          label: t("authentication.again"),
          work: () => auth.requestOtp({ email }),
          look: "quiet",
        })}
        <button type="button" class="quiet" part="button quiet" @click=${other}>${t("authentication.other")}</button>
      </div>
    </form>`;
}
