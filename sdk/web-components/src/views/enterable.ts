/** What can be entered now. */
import type { Enterable, Mechanism } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import type { IconName } from "./icons.js";
import { appointments, auctions, draws } from "./lazy.js";
import { button, heading, lead, type Piece } from "./parts.js";
import type { Ui } from "./ui.js";

type AnyEnterable = { [Kind in Mechanism]: Enterable<Kind> }[Mechanism];

const ICONS = { queue: "people", draw: "star", timed_release: "tag", waitlist: "clock" } as const;

export function enterable(ui: Ui, sequence: AnyEnterable): Piece {
  switch (sequence.mechanism) {
    case "auction":
      return auctions(ui, ({ auction }) => auction(ui, sequence));
    case "appointment":
      return appointments(ui, ({ choosing }) => choosing(ui, sequence));
    case "waitlist":
      return simple(ui, "waitlist", () => sequence.join());
    case "draw":
      return draws(ui, ({ beforeDraw }) =>
        simple(ui, "draw", () => sequence.enter(), beforeDraw(ui, sequence.details)),
      );
    default:
      return simple(ui, sequence.mechanism, () => sequence.enter());
  }
}

function simple(
  ui: Ui,
  mechanism: keyof typeof ICONS,
  work: () => Promise<void>,
  more: Piece = nothing,
): TemplateResult {
  const { t } = ui;
  const picture: IconName = ICONS[mechanism];
  return html`${heading(t(`enterable.${mechanism}.title`), picture)}
    ${lead(t(`enterable.${mechanism}.text`))} ${more}
    <div class="actions">
      ${button(ui, { action: "enter", label: t(`enterable.${mechanism}.enter`), work })}
    </div>`;
}
