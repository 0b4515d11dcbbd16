/** What stands around every view: product, notice, connection, errors, other ways in. */
import type { FanfareError, JourneySnapshot, JourneyView, RoutedView } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";
import type { Place } from "../keys.js";
import { directionOf, type MessageKey } from "../messages/index.js";
import { sentenceFor } from "../problems.js";
import { viewOf } from "./index.js";
import { extras, LOADING } from "./lazy.js";
import { button, type Piece } from "./parts.js";
import type { Ui } from "./ui.js";

export interface FrameOptions {
  readonly ui: Ui;
  readonly view: JourneyView;
  readonly place: Place;
  readonly snapshot: JourneySnapshot | null;
  /** Why there is no journey. */
  readonly failure: FanfareError | null;
  readonly variant: string;
  readonly theme: string;
  /** Tries again whatever failed last. */
  readonly again: () => Promise<unknown>;
}

export function frame(options: FrameOptions): TemplateResult {
  const { ui, view, place, snapshot, theme, variant } = options;
  const { locale } = ui.format;
  return html`<section
    class="root ${theme} ${variant}"
    part="root"
    lang=${locale}
    dir=${directionOf(locale)}
    aria-labelledby="title"
  >
    ${product(ui)}
    <div class="main" part="main">
      <p class="offline" part="offline" role="status" ?hidden=${snapshot?.online !== false}>
        ${snapshot?.online === false ? ui.t(offlineText(place)) : nothing}
      </p>
      ${keyed(
        place.key,
        html`<div class="phase ${place.name}" part="phase">
          <slot name=${place.full}><slot name=${place.name}>${viewOf(ui, view)}</slot></slot>
        </div>`,
      )}
      ${problem(options)} ${notice(ui, view)}
      ${view.journeyStage === "routed" ? more(ui, view, place) : nothing}
    </div>
    <p id="live" class="hidden" role="status" aria-live="polite"></p>
  </section>`;
}

const HOLDS_A_PLACE = ["participating", "settling", "granted"];

function offlineText({ name }: Place): MessageKey {
  return HOLDS_A_PLACE.includes(name) ? "offline.kept" : "offline.text";
}

function product(ui: Ui): Piece {
  const shown = ui.experience?.product;
  if (!shown) return nothing;
  return html`<div class="product" part="product">
    ${shown.imageUrl ? html`<img part="image" src=${shown.imageUrl} alt="" />` : nothing}
    <p part="product-text">
      <span class="name" part="product-name"><bdi>${shown.name}</bdi></span>
      <span class="price" part="price">${ui.format.money(shown.price, shown.currencyCode)}</span>
    </p>
  </div>`;
}

function problem({ ui, view, snapshot, failure, again }: FrameOptions): TemplateResult {
  const error = ui.problem?.error ?? snapshot?.error ?? failure;
  // A journey goes on asking the service: before it can ask anything, it is its own part that is
  // missing, perhaps since the page has a newer version.
  const unable = view.journeyStage === "ready" && snapshot?.error?.code === "NETWORK_ERROR";
  const missing = unable || ui.problem?.action === LOADING;
  // The region is there from the start: what is put into it later is read out.
  return html`<div class="alert" role="alert">
    ${
      error
        ? html`<div class="problem" part="error">
            <p><strong>${ui.t("error.title")}</strong></p>
            <p>${ui.t(missing ? "error.part" : sentenceFor(error), { requestId: error.requestId ?? "" })}</p>
            ${retry(ui, again)}
          </div>`
        : nothing
    }
  </div>`;
}

/** What an action of the customer's ran into they try again where they began it. */
function retry(ui: Ui, again: () => Promise<unknown>): Piece {
  if (ui.problem && ui.problem.action !== LOADING) return nothing;
  // A part that could not be loaded is loaded again by whoever renders it.
  const work = ui.problem ? async () => {} : again;
  return button(ui, { action: "retry", label: ui.t("error.retry"), work, look: "quiet" });
}

function notice(ui: Ui, view: JourneyView): Piece {
  const text = noticeOf(ui, view);
  if (!text) return nothing;
  // Line by line as the merchant wrote it: white space counts here.
  return html`<p class="notice" part="notice"><bdi class="hidden">${ui.t("notice.label")}: </bdi><bdi>${text}</bdi></p>`;
}

/** The line's own, else the distribution's, else the experience's. */
function noticeOf(ui: Ui, view: JourneyView): string | null {
  const general = ui.experience?.notice ?? null;
  if (view.journeyStage !== "routed") return general;
  const { sequence } = view;
  const near =
    sequence.phase === "participating" && sequence.mechanism === "queue"
      ? ui.read(sequence.display$).notice
      : null;
  return near ?? ("notice" in sequence.details ? sequence.details.notice : null) ?? general;
}

const CODE_HELPS = ["unavailable", "scheduled", "enterable"];

/** Other ways in, and a field for a code that may open a better one. */
function more(ui: Ui, view: RoutedView, { name }: Place): Piece {
  const codes = ui.experience?.sequences.some(({ hasAccessCode }) => hasAccessCode);
  const helps = Boolean(codes) && CODE_HELPS.includes(name);
  if (!helps && view.offers.length === 0) return nothing;
  return extras(
    ui,
    ({ betterCode, offers }) => html`${offers(ui, view)} ${helps ? betterCode(ui, view) : nothing}`,
    nothing,
  );
}
