/** What the model answers to calls about one distribution, and refuses (contract.md, section 3). */
import { type Distribution, type Own, view, windowOf } from "./distributions.js";
import { refusal } from "./service.js";

export const ADMISSION_MS = 900_000;
const SLOT_MS = 1_800_000;

type Body = { amount?: string; slotId?: string; newSlotId?: string };

export function act(of: Distribution, verb: string, body: Body): unknown {
  expire(of);
  switch (verb) {
    case "":
      return view(of);
    case "line":
      return card(of);
    case "slots":
      return { data: [slot(of, "slot_1"), slot(of, "slot_2")] };
    case "status":
      return statusOf(of);
    case "enter":
      return enter(of);
    case "leave":
      return leave(of);
    case "bid":
      return bid(of, body.amount ?? "");
    case "book":
      return book(of, body.slotId ?? "slot_1");
    case "reschedule":
      return reschedule(of, body.newSlotId ?? "slot_2");
    case "cancel":
      return leave(of);
    default:
      throw refusal(405, "METHOD_NOT_ALLOWED");
  }
}

export function statusOf(of: Distribution) {
  const { own, kind, id, sequenceId } = of;
  if (own === null) throw refusal(404, `NOT_IN_${kind.toUpperCase()}`);
  const common = { consumerId: "cons_1", experienceId: "exp_1", sequenceId };
  const enteredAt = new Date(own.enteredAt).toISOString();
  if (kind === "waitlist") {
    return { ...common, waitlistId: id, status: own.status, enteredAt, notifiedAt: null };
  }
  const admitted = own.status === "ADMITTED" || own.status === "COMPLETED";
  return {
    ...common,
    status: own.status,
    enteredAt,
    admittedAt: admitted ? enteredAt : null,
    completedAt: own.completedAt === null ? null : new Date(own.completedAt).toISOString(),
    denyReason: own.denyReason,
    position: admitted ? 0 : position(of),
    admissionToken: own.status === "ADMITTED" ? token(of) : null,
    outcome: own.outcome,
    expiresAt: own.expiresAt === null ? null : new Date(own.expiresAt).toISOString(),
    number: own.number,
    estimatedWaitSeconds: null,
    estimatedWait: null,
    pollAfterMs: 1_000,
    ...bidder(of, own),
    ...booking(of, own),
  };
}

export function admit(of: Distribution): void {
  if (of.own === null) throw new Error("nobody to admit");
  const expiresAt = Date.now() + ADMISSION_MS;
  const outcome = of.kind === "draw" || of.kind === "auction" ? "WON" : null;
  const admissions = of.own.admissions + 1;
  of.own = { ...of.own, status: "ADMITTED", outcome, expiresAt, admissions };
  if (of.own.number !== null) of.serving = Math.max(of.serving, of.own.number);
}

export function complete(of: Distribution): void {
  if (of.own === null) throw new Error("nobody to complete");
  of.own = { ...of.own, status: "COMPLETED", completedAt: Date.now() };
  of.completed += 1;
}

export function deny(of: Distribution, denyReason: string): void {
  if (of.own === null) throw new Error("nobody to deny");
  const outcome = denyReason === "NOT_SELECTED" ? "LOST" : of.own.outcome;
  of.own = { ...of.own, status: "DENIED", denyReason, outcome };
}

/** The clock of the service: an admission whose time is over is denied. */
export function expire(of: Distribution): void {
  const { own } = of;
  if (own?.status !== "ADMITTED" || own.expiresAt === null || Date.now() < own.expiresAt) return;
  of.own = { ...own, status: "DENIED", denyReason: "ADMISSION_EXPIRED" };
}

function mayReturn({ own, kind, completed, perConsumerLimit }: Distribution): boolean {
  if (own === null || own.status === "LEFT" || own.status === "left") return true;
  if (own.status === "COMPLETED") return kind === "timed_release" && completed < perConsumerLimit;
  return own.status === "DENIED" && own.denyReason === "ADMISSION_EXPIRED";
}

/** Raises why nobody new is let in. */
function check(of: Distribution): void {
  const window = windowOf(of);
  const lobby = of.lobbyOpensAt !== null && Date.now() >= of.lobbyOpensAt;
  if (window === "CLOSED" && of.kind !== "waitlist") throw refusal(400, "CLOSED");
  if (window === "PENDING" && !(of.kind === "queue" && lobby)) {
    throw refusal(423, "NOT_OPEN_YET", { opensAt: new Date(of.openAt ?? 0), retryAfter: 1 });
  }
  if (window === "PAUSED" && of.kind === "timed_release") {
    throw refusal(429, "FULL", { retryAfter: 30 });
  }
  if (of.soldOut) throw refusal(409, "SOLD_OUT");
  if (of.capacity !== null && of.others >= of.capacity) {
    throw refusal(429, "FULL", { retryAfter: 30 });
  }
}

function enter(of: Distribution) {
  if (of.kind === "waitlist") return join(of);
  if (mayReturn(of)) {
    check(of);
    of.own = fresh(of);
    if (of.kind === "timed_release") admit(of);
  } else if (of.kind !== "timed_release" || of.own?.status === "COMPLETED") {
    refuseUseless(of);
  }
  return statusOf(of);
}

/** The service answers these with the old entry: an action that offered it would do nothing. */
function refuseUseless({ own, kind }: Distribution): void {
  if (own?.status === "QUEUED" || own?.status === "ADMITTED") return;
  if (kind === "timed_release") return;
  throw refusal(500, "USELESS");
}

function join(of: Distribution) {
  if (of.own === null || of.own.status === "left") {
    if (of.state === "ended") throw refusal(400, "CLOSED");
    of.own = { ...fresh(of), status: "waitlisted" };
  }
  return statusOf(of);
}

function leave(of: Distribution) {
  const { own, kind } = of;
  if (own === null) throw refusal(404, `NOT_IN_${kind.toUpperCase()}`);
  if (kind === "waitlist") of.own = { ...own, status: "left" };
  else if (own.status === "QUEUED" || own.status === "ADMITTED")
    of.own = { ...own, status: "LEFT" };
  else if (kind === "appointment" && own.status !== "LEFT") throw refusal(409, "BOOKING_FIXED");
  return statusOf(of);
}

function bid(of: Distribution, amount: string) {
  const window = windowOf(of);
  if (window === "PENDING") {
    throw refusal(423, "NOT_OPEN_YET", { opensAt: new Date(of.openAt ?? 0) });
  }
  if (window === "CLOSED" || of.decided || of.dutchTaken) throw refusal(400, "CLOSED");
  if (of.own !== null && !mayReturn(of) && of.own.status !== "QUEUED") {
    throw refusal(500, "USELESS");
  }
  if (of.own?.status !== "QUEUED") check(of);
  const least = Number(of.highBid ?? "9.00") + 1;
  if (Number(amount) < least) throw refusal(400, "BID_TOO_LOW");
  const kept = of.own?.status === "QUEUED" ? of.own : fresh(of);
  of.own = { ...kept, outcome: "WINNING", bid: amount };
  of.highBid = amount;
  of.bidCount += 1;
  return statusOf(of);
}

function book(of: Distribution, slot: string) {
  const { own } = of;
  if (own && (own.status === "QUEUED" || own.status === "ADMITTED" || own.status === "COMPLETED")) {
    if (own.slot !== slot) throw refusal(409, "ALREADY_BOOKED");
    return statusOf(of);
  }
  if (!mayReturn(of)) throw refusal(500, "USELESS");
  check(of);
  of.own = { ...fresh(of), slot };
  return statusOf(of);
}

function reschedule(of: Distribution, slot: string) {
  if (of.own === null) throw refusal(404, "NOT_IN_APPOINTMENT");
  if (of.own.status !== "QUEUED") throw refusal(409, "BOOKING_FIXED");
  if (of.state === "ended") throw refusal(400, "CLOSED");
  of.own = { ...of.own, slot };
  return statusOf(of);
}

function fresh(of: Distribution): Own {
  const inLobby = of.openAt !== null && Date.now() < of.openAt;
  const number = of.kind === "queue" && !inLobby ? ++of.tail : null;
  return {
    status: "QUEUED",
    outcome: of.kind === "draw" ? "ENTERED" : null,
    denyReason: null,
    number,
    enteredAt: Date.now(),
    expiresAt: null,
    completedAt: null,
    admissions: of.own?.admissions ?? 0,
    bid: null,
    slot: null,
  };
}

function position(of: Distribution): number | null {
  const number = of.own?.number ?? null;
  if (of.qualitative || number === null || of.own?.status !== "QUEUED") return null;
  return waitingIn(of).filter((each) => each < number).length + 1;
}

/** Numbers that wait: those told, else all behind what is served. */
function waitingIn(of: Distribution): number[] {
  if (of.waitingOf) return of.waitingOf(of);
  const all = Array.from({ length: of.tail - of.serving }, (_, at) => of.serving + 1 + at);
  const out = of.own !== null && of.own.status !== "QUEUED" ? of.own.number : null;
  return all.filter((each) => each !== out);
}

function card(of: Distribution) {
  const waiting = waitingIn(of);
  const step = Math.max(1, Math.ceil(waiting.length / 60));
  const kept = waiting
    .map((number, rank) => [number, rank])
    .filter((_, rank) => rank % step === 0 || rank === waiting.length - 1);
  return {
    queueId: of.id,
    version: Date.now(),
    status: windowOf(of),
    serverTime: new Date().toISOString(),
    serving: of.serving,
    tail: of.tail,
    waiting: waiting.length,
    numbersServedPerMinute: of.rate,
    pollAfterMs: windowOf(of) === "OPEN" ? 1_000 : 5_000,
    presence: { upTo: Math.max(of.serving, Math.min(of.tail, of.upTo)), everyMs: of.everyMs },
    ...(of.qualitative ? {} : { marks: kept }),
    notice: null,
  };
}

function bidder(of: Distribution, own: Own) {
  if (of.kind !== "auction") return {};
  return {
    lastBidAmount: own.bid,
    lastBidTime: new Date(own.enteredAt).toISOString(),
    bidCount: of.bidCount,
    currentHighBid: of.highBid,
    winningBidAmount: own.status === "ADMITTED" ? own.bid : null,
    currencyCode: "EUR",
  };
}

function booking(of: Distribution, own: Own) {
  if (of.kind !== "appointment") return {};
  const { startTime, endTime } = slot(of, own.slot ?? "slot_1");
  const names = { bookingId: "bkg_1", confirmationCode: "K7QM-2XWD", locationId: "loc_1" };
  return { ...names, slotId: own.slot, startTime, endTime, createdAt: startTime };
}

function slot(of: Distribution, id: string) {
  const start = of.decidesAt + (id === "slot_1" ? 0 : SLOT_MS);
  return {
    id,
    startTime: new Date(start).toISOString(),
    endTime: new Date(start + SLOT_MS).toISOString(),
    capacity: 1,
    available: 1,
    locationId: "loc_1",
  };
}

function token(of: Distribution): string {
  const claims = { typ: "admission", jti: `adm_${of.own?.admissions}`, sub: "cons_1", dst: of.id };
  return `e30.${btoa(JSON.stringify(claims))}.c2ln`;
}
