/** While it is decided, and after the end. */
import type { Ended, Mechanism, Outcome, Settling } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import type { MessageKey } from "../messages/index.js";
import type { IconName } from "./icons.js";
import { button, either, heading, lead } from "./parts.js";
import type { Ui } from "./ui.js";

const TITLES: Readonly<Record<string, MessageKey>> = {
  draw: "settling.draw.title",
  auction: "settling.auction.title",
};

export function settling(ui: Ui, { mechanism }: Settling<Mechanism>): TemplateResult {
  const { t } = ui;
  const text = mechanism === "auction" ? "settling.auction.text" : "settling.text";
  return html`${heading(t(either(TITLES, mechanism, "settling.title")))} ${lead(t(text))}
    <div class="dots" aria-hidden="true"><i></i><i></i><i></i></div>`;
}

const ICONS: Readonly<Record<Outcome, IconName>> = {
  completed: "check",
  not_selected: "star",
  sold_out: "tag",
  closed: "clock",
  expired: "clock",
  left: "people",
  denied: "lock",
};

export function ended(ui: Ui, { mechanism, outcome, enter }: Ended<Mechanism>): TemplateResult {
  const { t } = ui;
  return html`${heading(t(`ended.${outcome}.title`), ICONS[outcome])}
  ${lead(t(`ended.${outcome}.text`))}
  ${
    enter
      ? html`${mechanism === "queue" ? html`<p class="help">${t("ended.again.text")}</p>` : nothing}
          <div class="actions">${button(ui, { action: "enter", label: t("ended.again"), work: enter })}</div>`
      : nothing
  }`;
}
