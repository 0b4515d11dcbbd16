/** Distributions of the model, and how each is shown to everybody. */
import type { Mechanism } from "../../src/index.js";

/** Where the customer stands; moments in milliseconds. */
export interface Own {
  status: string;
  outcome: string | null;
  denyReason: string | null;
  number: number | null;
  enteredAt: number;
  expiresAt: number | null;
  completedAt: number | null;
  admissions: number;
  bid: string | null;
  slot: string | null;
}

export interface Distribution {
  readonly kind: Mechanism;
  readonly id: string;
  readonly sequenceId: string;
  state: "active" | "paused" | "ended";
  openAt: number | null;
  closeAt: number | null;
  lobbyOpensAt: number | null;
  capacity: number | null;
  /** Others who wait or are admitted. */
  others: number;
  soldOut: boolean;
  own: Own | null;
  /** How often the customer has completed. */
  completed: number;
  perConsumerLimit: number;
  decidesAt: number;
  decided: boolean;
  highBid: string | null;
  bidCount: number;
  dutchTaken: boolean;
  auctionType: "english" | "dutch";
  /** The line: numbers that wait before and behind, what is served, and the card's version. */
  serving: number;
  tail: number;
  rate: number | null;
  qualitative: boolean;
  upTo: number;
  everyMs: number;
  waitingOf: ((each: Distribution) => number[]) | null;
}

export function distribution(
  kind: Mechanism,
  more: Partial<Distribution> & { id?: string; sequenceId?: string } = {},
): Distribution {
  return {
    kind,
    id: `${kind}_1`,
    sequenceId: "seq_1",
    state: "active",
    openAt: null,
    closeAt: kind === "auction" ? Date.now() + 3_600_000 : null,
    lobbyOpensAt: null,
    capacity: null,
    others: 0,
    soldOut: false,
    own: null,
    completed: 0,
    perConsumerLimit: 1,
    decidesAt: Date.now() + 3_600_000,
    decided: false,
    highBid: null,
    bidCount: 0,
    dutchTaken: false,
    auctionType: "english",
    serving: 0,
    tail: 0,
    rate: null,
    qualitative: false,
    upTo: 100,
    everyMs: 15_000,
    waitingOf: null,
    ...more,
  };
}

export function windowOf({ state, openAt, closeAt }: Distribution): string {
  const now = Date.now();
  if (state === "ended" || (closeAt !== null && now >= closeAt)) return "CLOSED";
  if (openAt !== null && now < openAt) return "PENDING";
  return state === "paused" ? "PAUSED" : "OPEN";
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export function view(each: Distribution): Record<string, unknown> {
  const { id, kind, sequenceId } = each;
  const status = statusFor(each);
  if (kind === "waitlist") return { id, name: id, sequenceId, status };
  const inside = each.own !== null && ["QUEUED", "ADMITTED"].includes(each.own.status);
  return {
    id,
    name: id,
    sequenceId,
    status,
    capacity: each.capacity,
    openAt: iso(each.openAt),
    closeAt: iso(each.closeAt),
    timeZone: "UTC",
    consumerCount: each.others + Number(inside),
    notice: null,
    serverTime: new Date().toISOString(),
    ...MORE[kind](each),
  };
}

const MORE: Record<Mechanism, (each: Distribution) => object> = {
  queue: ({ qualitative, lobbyOpensAt }) => ({
    positionDisplay: qualitative ? "qualitative" : "precise",
    ...(lobbyOpensAt === null ? {} : { lobbyOpensAt: iso(lobbyOpensAt) }),
  }),
  draw: ({ decidesAt }) => ({
    drawAt: iso(decidesAt),
    winnerCount: 10,
    entrantCount: 100,
    proof: "https://example.test/proof",
  }),
  auction: (each) => ({
    auctionType: each.auctionType,
    startingPrice: "10.00",
    currentPrice: each.highBid ?? "10.00",
    nextPriceDropAt: null,
    reserveMet: true,
    minimumBidIncrement: "1.00",
    currentHighBid: each.highBid,
    winnerCount: 1,
    bidCount: each.bidCount,
    settleAt: iso(each.decidesAt),
    autoExtendSeconds: 0,
    currencyCode: "EUR",
  }),
  appointment: () => ({
    slotDurationMinutes: 30,
    bufferMinutes: 0,
    maxCapacityPerSlot: 1,
    locations: [{ id: "loc_1", name: "Berlin" }],
  }),
  timed_release: ({ perConsumerLimit }) => ({ perConsumerLimit, nextWaveAt: null }),
  waitlist: () => ({}),
};

function statusFor(each: Distribution): string {
  const window = windowOf(each);
  if (each.kind === "draw" || each.kind === "auction") {
    if (each.decided) return each.kind === "draw" ? "DRAWN" : "SETTLED";
    return window === "PAUSED" ? "OPEN" : window;
  }
  return window;
}
