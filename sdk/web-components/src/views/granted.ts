/** Being allowed to buy. */
import type { Granted, Mechanism } from "@fanfare/sdk-core";
import { html, type TemplateResult } from "lit";
import type { MessageKey } from "../messages/index.js";
import { button, countdown, either, heading, lead, sure } from "./parts.js";
import type { Ui } from "./ui.js";

const TITLES: Readonly<Record<string, MessageKey>> = {
  draw: "granted.draw.title",
  auction: "granted.auction.title",
};

export function granted(ui: Ui, sequence: Granted<Mechanism>): TemplateResult {
  const { t } = ui;
  return html`${heading(t(either(TITLES, sequence.mechanism, "granted.title")), "check")}
    ${lead(t("granted.text"))}
    ${countdown(ui, ui.read(sequence.grant.remaining$), t("granted.remaining"))}
    <div class="actions">
      ${button(ui, {
        action: "checkout",
        label: t("granted.checkout"),
        work: () => sequence.checkout(ui.checkoutOptions()),
      })}
      ${sure(ui, {
        action: "release",
        label: t("granted.leave"),
        question: t("granted.leave.sure"),
        work: () => sequence.release(),
      })}
    </div>`;
}
