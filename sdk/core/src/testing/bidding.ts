/** English bidding with ceilings, in the currency's smallest units. */

export interface Bid {
  readonly bidder: string;
  readonly amount: number;
  readonly ceiling: number;
  readonly order: number;
}

export interface Rules {
  readonly start: number;
  readonly increment: number;
  readonly places: number;
}

export type Verdict =
  | { readonly leaders: readonly Bid[]; readonly loser: Bid | null }
  | { readonly least: number; readonly higher: boolean };

export const highestFirst = (a: Bid, b: Bid) => b.amount - a.amount || a.order - b.order;

/** What a bid makes of those who lead, or what the least would have been. */
export function place(rules: Rules, leaders: readonly Bid[], bid: Bid): Verdict {
  const own = leaders.find(({ bidder }) => bidder === bid.bidder);
  const onlyCeiling = own && bid.amount === own.amount && bid.ceiling > own.ceiling;
  const beaten = own ?? last(rules, leaders);
  const least = beaten ? beaten.amount + rules.increment : rules.start;
  if (!onlyCeiling && bid.amount < least) {
    return { least, higher: !beaten || bid.amount <= beaten.amount };
  }
  const kept = own && own.ceiling >= bid.ceiling ? own : bid;
  return contest(rules, leaders, { ...bid, ceiling: kept.ceiling, order: kept.order });
}

/** What has to be beaten. */
export function price(rules: Rules, leaders: readonly Bid[]): number {
  return last(rules, leaders)?.amount ?? rules.start;
}

/** Lets everybody bid up to their ceilings. */
function contest(rules: Rules, leaders: readonly Bid[], contender: Bid): Verdict {
  const everybody = [...leaders.filter(({ bidder }) => bidder !== contender.bidder), contender];
  everybody.sort((a, b) => b.ceiling - a.ceiling || a.order - b.order);
  const ahead = everybody.slice(0, rules.places);
  const behind = everybody[rules.places];
  if (!behind) return { leaders: ahead.sort(highestFirst), loser: null };
  const offered = behind.ceiling;
  const answered = ahead.map((leader) => {
    if (leader.amount > offered) return leader;
    const amount = Math.max(leader.amount, Math.min(leader.ceiling, offered + rules.increment));
    return { ...leader, amount };
  });
  return { leaders: answered.sort(highestFirst), loser: { ...behind, amount: offered } };
}

function last({ places }: Rules, leaders: readonly Bid[]): Bid | undefined {
  return leaders.length < places ? undefined : [...leaders].sort(highestFirst).at(-1);
}
