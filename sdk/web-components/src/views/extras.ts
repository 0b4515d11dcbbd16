/** For whoever is in already: other ways, and a code that may open a better one. */
import type { Experience, RoutedView } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import { field, submit, valuesOf } from "./fields.js";
import { button, type Piece } from "./parts.js";
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

export function offers(ui: Ui, { offers: others }: RoutedView): Piece {
  if (others.length === 0) return nothing;
  return html`<div class="aside" part="offers" role="group" aria-labelledby="offers">
    <p id="offers"><strong>${ui.t("offers.title")}</strong></p>
    <ul>
      ${others.map(
        (offer) => html`<li>
          <span>${nameOf(ui.experience, offer.distributionId) ?? ui.t(`mechanism.${offer.mechanism}`)}</span>
          ${button(ui, {
            action: offer.distributionId,
            label: ui.t("offers.accept"),
            work: () => offer.accept(),
            look: "quiet",
          })}
        </li>`,
      )}
    </ul>
  </div>`;
}

function nameOf(experience: Experience | null, id: string): string | undefined {
  const all = (experience?.sequences ?? []).flatMap((path) => [
    ...path.queues,
    ...path.draws,
    ...path.auctions,
    ...path.appointments,
    ...path.timedReleases,
    ...(path.waitlist ? [path.waitlist] : []),
  ]);
  return all.find((each) => each.id === id)?.name;
}
