import type { AuctionDetails, BidderStatus } from "../../wire/index.js";
import { every, type Facts, type Looks, moment, type Watcher } from "../facts.js";
import { atTheDoor, between, decision } from "../looks.js";
import { plus } from "../money.js";
import { doorOf } from "../phases.js";
import type { AuctionDisplay } from "../view.js";
import type { Kind } from "./kind.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

type Bidding = Facts<"auction">;

/** Who offers most, or who takes first as the price falls. A bid binds: nobody leaves. */
export const auction: Kind<"auction"> = {
  path: "auctions",
  enters: ["bid"],
  stays: ["bid"],
  release: null,
  listed: ({ auctions }) => auctions,
  lets: (door) => door === "open",
  repeats: () => false,
  settles: ({ details }, now) => isOver(details, now),
  display({ details, own }, _now, countdowns) {
    if (details === null || own === null) return null;
    // Of both readings the older of one's own is shown whole: half of it would be wrong.
    const highBid = own.currentHighBid ?? details.currentHighBid;
    const closesAt = moment(details.closeAt) ?? 0;
    return {
      standing: STANDINGS[own.outcome ?? ""] ?? "none",
      ...amounts(details, own, highBid),
      highBid,
      bidCount: own.bidCount,
      currencyCode: details.currencyCode,
      closesAt: new Date(closesAt),
      countdown$: countdowns("auction", closesAt),
    };
  },
  looks(facts, phase, now, watcher) {
    if (phase === "settling") return settling(facts, now, watcher);
    if (doorOf(facts.details, now) === "pending") return atTheDoor(facts, now, watcher, MINUTE);
    return running(facts, phase === "participating", now, watcher);
  },
};

const STANDINGS: Readonly<Record<string, AuctionDisplay["standing"]>> = {
  WINNING: "winning",
  OUTBID: "outbid",
};

/** What one has bid, and the least that would be accepted now. */
function amounts(details: AuctionDetails, own: BidderStatus, highBid: string | null) {
  const { startingPrice, minimumBidIncrement, currentPrice, winnerCount, consumerCount } = details;
  const leads = own.outcome === "WINNING";
  const ownBid = leads && winnerCount === 1 ? highBid : own.lastBidAmount;
  if (details.auctionType === "dutch") return { ownBid, nextBid: currentPrice };
  const beaten = leads ? ownBid : winnerCount === 1 ? highBid : currentPrice;
  const isFull = consumerCount >= winnerCount;
  const nextBid = beaten && (leads || isFull) ? plus(beaten, minimumBidIncrement) : startingPrice;
  return { ownBid, nextBid };
}

/** `full` is full of bidders: those who are in go on bidding. */
function isOver(details: AuctionDetails | null, now: number): boolean {
  return doorOf(details, now) === "closed";
}

/** Faster towards the end, which may move with late bids; a falling price is read as it falls. */
function running(facts: Bidding, bids: boolean, now: number, { visible }: Watcher): Looks {
  const { details, readAt, luck } = facts;
  const left = (moment(details?.closeAt) ?? now) - now;
  const pace = visible ? between(3 * SECOND, left / 20, MINUTE / 2) : MINUTE;
  const drop = moment(details?.nextPriceDropAt);
  const fallen = drop !== null && readAt.details < drop ? drop + (0.2 + luck) * SECOND : Infinity;
  const shown = visible || bids ? every(facts, "details", pace) : Infinity;
  return {
    details: Math.min(shown, visible ? fallen : Infinity),
    ...(bids ? { own: Math.min(every(facts, "own", pace), moved(facts)) } : {}),
  };
}

/** When to look where one stands because others have bid since. */
function moved({ details, own, readAt, luck }: Bidding): number {
  const others = (details?.bidCount ?? 0) > (own?.bidCount ?? 0);
  return others ? Math.max(readAt.details, readAt.own) + luck * 2 * SECOND : Infinity;
}

/** First whether it was extended; then what was decided, which may take until winners have paid. */
function settling(facts: Bidding, now: number, { visible }: Watcher): Looks {
  const { details, readAt, luck } = facts;
  const closed = moment(details?.closeAt) ?? 0;
  const settles = Math.max(closed, moment(details?.settleAt) ?? 0);
  const quiet = visible ? every(facts, "own", MINUTE) : Infinity;
  return {
    own:
      now < settles ? Math.min(quiet, settles + luck * 5 * SECOND) : decision(facts, settles, now),
    ...(readAt.details < closed ? { details: closed + (0.5 + luck) * SECOND } : {}),
  };
}
