/** The auction, an english one: who offers most when it is settled. */
import { type Bid, highestFirst, place, price } from "./bidding.js";
import { type Body, type Entry, Line, type Place } from "./line.js";
import { Money } from "./money.js";
import type { FakeDistribution } from "./options.js";
import { bidTooLow } from "./problems.js";
import { type Context, HOUR, iso, isoOrNull, time } from "./world.js";

interface Made {
  readonly id: string;
  readonly bidder: string;
  readonly amount: number;
  readonly most: number | null;
  readonly at: number;
}

export class FakeAuction extends Line {
  readonly kind = "auction";
  readonly settleAt: number;
  readonly #money: Money;
  readonly #made: Made[] = [];
  readonly #standings = new Map<string, Bid>();
  #leaders: readonly Bid[] = [];
  #settled = false;

  constructor(context: Context, of: Place, rules: FakeDistribution) {
    super(context, of, rules, "auction");
    this.settleAt = time(rules.settleAt) ?? context.clock.now() + HOUR;
    this.closeAt ??= this.settleAt;
    this.#money = new Money(of.currencyCode);
  }

  override tick(): void {
    super.tick();
    const due = this.opened() && this.context.clock.now() >= this.settleAt;
    if (due && this.state === "active") this.settle();
    if (this.#settled) this.#secondChances();
  }

  override status(): string {
    if (this.#settled) return "SETTLED";
    const status = super.status();
    return status === "PAUSED" ? "OPEN" : status;
  }

  override takesEntries(): boolean {
    return this.status() === "OPEN";
  }

  override check(fingerprint: string | null): void {
    if (this.#settled) this.state = "ended";
    super.check(fingerprint);
  }

  bid(
    consumerId: string,
    amount: unknown,
    most: unknown,
    fingerprint: string | null,
  ): [Entry, boolean] {
    const offered = this.#money.read("amount", amount);
    const ceiling =
      most === undefined || most === null ? null : this.#money.read("maxAmount", most);
    const mine = this.standing(consumerId);
    if (mine && mine.state !== "QUEUED") return [mine, false];
    this.check(fingerprint);
    this.#place(consumerId, offered, ceiling);
    return [mine ?? this.add(consumerId), true];
  }

  /** Somebody else bids. Default: the least that is accepted. */
  outbid(amount?: string): void {
    const stranger = this.context.ids.make("cons");
    const { increment } = this.#rules();
    const least = this.#leaders.length === 0 ? 0 : increment;
    const text = amount ?? this.#money.write(price(this.#rules(), this.#leaders) + least);
    this.bid(stranger, text, null, "fp_stranger");
  }

  /** Ends it: the highest are admitted, as many more keep a second chance. */
  settle(): void {
    if (this.#settled) return;
    this.#settled = true;
    this.closeAt = Math.min(this.closeAt ?? this.settleAt, this.context.clock.now());
    const places = this.#rules().places;
    const order = [...this.#standings.values()].sort(highestFirst);
    for (const [rank, { bidder }] of order.entries()) {
      const entry = this.latest(bidder);
      if (entry?.state !== "QUEUED") continue;
      if (rank < places) this.admit(entry);
      else if (rank >= 2 * places) this.end(entry, "NOT_SELECTED");
    }
  }

  /** The status object with what a bidder wants to know. */
  bidder(entry: Entry): Body {
    const own = this.#made.findLast(({ bidder }) => bidder === entry.consumerId);
    const won = this.#standings.get(entry.consumerId);
    return {
      ...this.body(entry),
      lastBidAmount: own ? this.#money.write(own.amount) : null,
      lastBidTime: own ? iso(own.at) : null,
      bidCount: this.#made.length,
      currentHighBid: this.#high(),
      winningBidAmount: won && entry.admittedAt !== null ? this.#money.write(won.amount) : null,
      currencyCode: this.#money.currency,
    };
  }

  highest(): Body {
    return {
      amount: this.#high(),
      currencyCode: this.#money.currency,
      bidCount: this.#made.length,
      bidTime: isoOrNull(this.#made.at(-1)?.at ?? null),
    };
  }

  /** Own bids, the newest first. */
  history(consumerId: string): Body[] {
    return this.#made
      .filter(({ bidder }) => bidder === consumerId)
      .map(({ most, ...made }) => ({
        ...this.#told(made),
        maxAmount: most === null ? null : this.#money.write(most),
      }))
      .reverse();
  }

  /** Everybody's bids, the newest first, without names. */
  bids(consumerId: string): Body[] {
    const bidders = [...new Set(this.#made.map(({ bidder }) => bidder))];
    return this.#made
      .map((made) => ({
        ...this.#told(made),
        bidder: `Bidder ${bidders.indexOf(made.bidder) + 1}`,
        own: made.bidder === consumerId,
      }))
      .reverse();
  }

  protected details(): Body {
    const rules = this.#rules();
    return {
      status: this.status(),
      settleAt: iso(this.settleAt),
      auctionType: "english",
      startingPrice: this.#money.write(rules.start),
      currentPrice: this.#money.write(price(rules, this.#leaders)),
      nextPriceDropAt: null,
      reserveMet: true,
      minimumBidIncrement: this.#money.write(rules.increment),
      currentHighBid: this.#high(),
      winnerCount: rules.places,
      bidCount: this.#made.length,
      autoExtendSeconds: 0,
      currencyCode: this.#money.currency,
    };
  }

  protected override outcome(entry: Entry): string {
    if (entry.admittedAt !== null) return "WON";
    if (entry.state === "DENIED") return "LOST";
    const leads = this.#leaders.some(({ bidder }) => bidder === entry.consumerId);
    return leads ? "WINNING" : "OUTBID";
  }

  #place(bidder: string, amount: number, most: number | null): void {
    const order = this.#made.length + 1;
    const bid = { bidder, amount, ceiling: Math.max(amount, most ?? 0), order };
    const verdict = place(this.#rules(), this.#leaders, bid);
    if ("least" in verdict) throw bidTooLow(this.#money.write(verdict.least), verdict.higher);
    const { ids, clock } = this.context;
    this.#made.push({ id: ids.make("bid"), bidder, amount, most, at: clock.now() });
    this.#leaders = verdict.leaders;
    for (const each of [...verdict.leaders, ...(verdict.loser ? [verdict.loser] : [])]) {
      this.#standings.set(each.bidder, each);
    }
  }

  #secondChances(): void {
    const completed = this.entries.filter(({ state }) => state === "COMPLETED").length;
    const vacant = this.#rules().places - this.admitted().length - completed;
    const order = [...this.#standings.values()].sort(highestFirst);
    const next = order.flatMap(({ bidder }) => this.latest(bidder) ?? []);
    for (const entry of next.filter(({ state }) => state === "QUEUED").slice(0, vacant)) {
      this.admit(entry);
    }
    if (this.admitted().length > 0) return;
    for (const entry of this.waiting()) this.end(entry, "NOT_SELECTED");
  }

  #told({ id, amount, at }: Pick<Made, "id" | "amount" | "at">): Body {
    const { currency } = this.#money;
    return { id, amount: this.#money.write(amount), currencyCode: currency, bidTime: iso(at) };
  }

  #high(): string | null {
    const [highest] = [...this.#leaders].sort(highestFirst);
    return highest ? this.#money.write(highest.amount) : null;
  }

  #rules() {
    const { startingPrice = "100.00", minimumBidIncrement, winnerCount = 1 } = this.rules;
    const increment = minimumBidIncrement ?? this.#money.write(1);
    return {
      start: this.#money.read("startingPrice", startingPrice),
      increment: this.#money.read("minimumBidIncrement", increment),
      places: winnerCount,
    };
  }
}
