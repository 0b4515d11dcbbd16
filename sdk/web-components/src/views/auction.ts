/** Bidding, and buying while the price falls. */
import type { AuctionDetails, AuctionDisplay, Enterable, Participating } from "@fanfare/sdk-core";
import { html, nothing, type TemplateResult } from "lit";
import { add, isLess, parseAmount } from "../amounts.js";
import { countdownTo } from "../format.js";
import { field, submit, valuesOf } from "./fields.js";
import { button, countdown, facts, heading, lead } from "./parts.js";
import { standingOf } from "./standing.js";
import type { Ui } from "./ui.js";

type Place = (amount: string, options?: { readonly maxAmount?: string }) => Promise<void>;

export function auction(ui: Ui, sequence: Enterable<"auction">): TemplateResult {
  const { t } = ui;
  const { details } = sequence;
  ui.tick();
  if (details.auctionType === "dutch") return dutch(ui, sequence);
  const high = details.currentHighBid;
  return html`${heading(t("enterable.auction.title"), "tag")}
  ${figure(t(high ? "auction.high" : "auction.start"), ui.format.money(high ?? details.startingPrice, details.currencyCode))}
  ${countdown(ui, countdownTo(new Date(details.closeAt), ui.clockOffset), t("auction.closes"))}
  ${facts([[t("auction.bids"), ui.format.number(details.bidCount)]])}
  ${bidForm(ui, nextBid(details), details.currencyCode, "auction.bid", (...bid) => sequence.bid(...bid))}`;
}

/** The least that would be taken from somebody new. */
function nextBid({
  currentHighBid,
  currentPrice,
  startingPrice,
  minimumBidIncrement,
}: AuctionDetails): string {
  const taken = currentHighBid !== null && !isLess(currentPrice, currentHighBid);
  const free = currentHighBid === null || (!taken && currentPrice === startingPrice);
  return free ? startingPrice : add(currentPrice, minimumBidIncrement);
}

function dutch(ui: Ui, sequence: Enterable<"auction">): TemplateResult {
  const { t } = ui;
  const { details } = sequence;
  const price = ui.format.money(details.currentPrice, details.currencyCode);
  const drop = details.nextPriceDropAt;
  return html`${heading(t("enterable.dutch.title"), "tag")} ${lead(t("enterable.dutch.text"))}
    ${figure(t("enterable.dutch.now"), price)}
    ${countdown(ui, drop ? countdownTo(new Date(drop), ui.clockOffset) : null, t("enterable.dutch.next"))}
    <div class="actions">
      ${button(ui, {
        action: "buy",
        label: t("enterable.dutch.buy", { amount: price }),
        work: () => sequence.bid(details.currentPrice),
      })}
    </div>`;
}

export function bidding(ui: Ui, sequence: Participating<"auction">): TemplateResult {
  const { t, format } = ui;
  const display: AuctionDisplay = ui.read(sequence.display$);
  const money = (amount: string) => format.money(amount, display.currencyCode);
  const own = display.ownBid;
  return html`${heading(t("participating.auction.title"), "tag")}
  <p class="badge ${display.standing}" part="standing">${t(standingOf(sequence, display))}</p>
  ${display.highBid ? figure(t("auction.high"), money(display.highBid)) : nothing}
  ${countdown(ui, ui.read(display.countdown$), t("auction.closes"))}
  ${facts([own ? [t("auction.own"), money(own)] : null, [t("auction.bids"), format.number(display.bidCount)]])}
  ${bidForm(ui, display.nextBid, display.currencyCode, "auction.raise", (...bid) => sequence.bid(...bid))}`;
}

function figure(label: string, value: string): TemplateResult {
  return html`<p class="figure money" part="figure"><span>${label}</span> <b>${value}</b></p>`;
}

function bidForm(
  ui: Ui,
  least: string,
  currency: string,
  label: "auction.bid" | "auction.raise",
  place: Place,
): TemplateResult {
  const { t } = ui;
  const amount = ui.format.money(least, currency);
  const sent = (event: Event) => {
    const { bid = "", max = "" } = valuesOf(event);
    const read = (typed: string) => parseAmount(typed, ui.format.locale);
    const [offered, ceiling] = [read(bid), max ? read(max) : undefined];
    if (!offered) return ui.set({ field: "bid", complaint: t("auction.bad", { amount }) }, "bid");
    if (isLess(offered, least))
      return ui.set({ field: "bid", complaint: t("auction.low", { amount }) }, "bid");
    if (ceiling === null)
      return ui.set({ field: "max", complaint: t("auction.bad", { amount }) }, "max");
    if (ceiling && isLess(ceiling, offered))
      return ui.set({ field: "max", complaint: t("auction.max.low") }, "max");
    ui.set({ field: "", complaint: "" });
    const form = event.currentTarget as HTMLFormElement;
    ui.act("bid-now", async () => {
      await place(offered, ceiling ? { maxAmount: ceiling } : {});
      form.reset();
    });
  };
  const about = { mode: "decimal", most: 24 };
  return html`<form novalidate @submit=${sent}>
    ${field(ui, { ...about, id: "bid", label: t("auction.amount", { currency }), help: t("auction.least", { amount }) })}
    ${field(ui, { ...about, id: "max", label: t("auction.max"), help: t("auction.max.help"), optional: true })}
    <div class="actions">${submit(ui, "bid-now", t(label))}</div>
    <p class="help">${t("auction.binding")}</p>
  </form>`;
}
