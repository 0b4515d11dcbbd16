/** The mechanisms beside the queue. */
import type { CallStep, Scenario, Step } from "./play.js";

const later = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
type Has = Record<string, unknown>;

const at =
  (base: string) =>
  (as: string, what: string, status: number, has: Has = {}, body?: unknown): CallStep => {
    const [method = "", path = ""] = what.split(" ");
    const call = `${method} ${base}${path}`;
    return { as, call, status, has, ...(body === undefined ? {} : { body }) };
  };
const verb = (name: Extract<Step, { verb: unknown }>["verb"], of?: string): Step =>
  of === undefined ? { verb: name } : { verb: name, of };
const draw = at("/draws/{distribution}");
const auction = at("/auctions/{distribution}");
const release = at("/timed-releases/{distribution}");
const appointment = at("/appointments/{distribution}");
const waitlist = at("/waitlists/{waitlist}");
const rest = at("");

/** Three days from now, from ten to one. */
const [DAY, AFTER] = [later(72).slice(0, 10), later(96).slice(0, 10)];
const SLOTS = [10, 11, 12].map((hour) => ({
  startTime: `${DAY}T${hour}:00:00.000Z`,
  endTime: `${DAY}T${hour + 1}:00:00.000Z`,
}));

export const OTHERS: readonly Scenario[] = [
  {
    name: "a draw that everybody wins",
    setup: { mechanism: "draw", distribution: { winnerCount: 2, drawAt: later(1) } },
    steps: [
      draw("nobody", "GET ", 200, { status: "OPEN", entrantCount: 0 }),
      draw("ann", "GET /status", 404, { code: "NOT_IN_DRAW" }),
      draw("ann", "POST /enter", 201, { status: "QUEUED", outcome: "ENTERED" }),
      draw("ann", "POST /enter", 200, { status: "QUEUED" }),
      draw("ben", "POST /enter", 201),
      draw("nobody", "GET ", 200, { entrantCount: 2 }),
      verb("draw"),
      draw("ann", "GET /status", 200, { status: "ADMITTED", outcome: "WON" }),
      draw("nobody", "GET ", 200, { status: "DRAWN" }),
      rest("ann", "GET /consumers/me", 200),
      draw("cat", "POST /enter", 400, { code: "CLOSED", error: "Draw is closed" }),
      verb("complete", "ann"),
      draw("ann", "GET /status", 200, { status: "COMPLETED", outcome: "WON" }),
      verb("expire", "ben"),
      draw("ben", "GET /status", 200, { status: "DENIED", outcome: "WON" }),
    ],
  },
  {
    name: "a draw that somebody else wins",
    setup: { mechanism: "draw", distribution: { winnerCount: 1, drawAt: later(1) } },
    steps: [
      draw("ann", "POST /enter", 201),
      draw("ann", "POST /leave", 200, { status: "LEFT" }),
      draw("ann", "POST /enter", 201, { outcome: "ENTERED" }),
      draw("ben", "POST /enter", 201),
      verb("draw"),
      { ...draw("winner", "GET /status", 200, { outcome: "WON" }), free: ["number"] },
      { ...draw("loser", "GET /status", 200, { outcome: "LOST" }), free: ["number"] },
    ],
  },
  {
    name: "a draw that opens later",
    setup: { mechanism: "draw", distribution: { openAt: later(1), drawAt: later(2) } },
    steps: [
      draw("nobody", "GET ", 200, { status: "PENDING" }),
      draw("ann", "POST /enter", 423, { error: "Draw is not open yet" }),
    ],
  },
  {
    name: "an auction",
    setup: {
      mechanism: "auction",
      distribution: { startingPrice: "100.00", minimumBidIncrement: "5.00", settleAt: later(1) },
    },
    steps: [
      auction("nobody", "GET ", 200, { status: "OPEN", currentPrice: "100.00" }),
      auction("nobody", "GET /highest-bid", 200, { amount: null }),
      auction("ann", "GET /status", 404, { code: "NOT_IN_AUCTION" }),
      auction("ann", "POST /bid", 400, { code: "BID_TOO_LOW" }, { amount: "99.00" }),
      auction("ann", "POST /bid", 400, { code: "VALIDATION_FAILED" }, { amount: "1.001" }),
      auction("ann", "POST /bid", 201, { outcome: "WINNING" }, { amount: "100.00" }),
      auction("nobody", "GET ", 200, { currentHighBid: "100.00", bidCount: 1 }),
      auction("ann", "POST /bid", 400, { code: "BID_TOO_LOW" }, { amount: "100.00" }),
      auction("ben", "POST /bid", 400, { code: "BID_TOO_LOW" }, { amount: "103.00" }),
      auction("ben", "POST /bid", 201, { outcome: "WINNING" }, { amount: "105.00" }),
      auction("ann", "GET /status", 200, { outcome: "OUTBID", currentHighBid: "105.00" }),
      verb("outbid", "120.00"),
      auction("ben", "GET /status", 200, { outcome: "OUTBID", currentHighBid: "120.00" }),
      auction("ben", "POST /bid", 201, { outcome: "WINNING" }, { amount: "130", maxAmount: "200" }),
      auction("ann", "POST /bid", 201, { outcome: "OUTBID" }, { amount: "150.00" }),
      auction("ben", "GET /status", 200, { outcome: "WINNING", currentHighBid: "155.00" }),
      auction("ben", "GET /bids/history", 200),
      auction("ann", "GET /bids", 200),
      auction("nobody", "GET /highest-bid", 200, { amount: "155.00" }),
      rest("ben", "GET /consumers/me", 200),
      verb("settle"),
      auction("ben", "GET /status", 200, { status: "ADMITTED", winningBidAmount: "155.00" }),
      auction("ann", "GET /status", 200, { status: "QUEUED", outcome: "OUTBID" }),
      auction("nobody", "GET ", 200, { status: "SETTLED" }),
      verb("complete", "ben"),
      auction("ben", "GET /status", 200, { status: "COMPLETED", outcome: "WON" }),
      auction("ann", "GET /status", 200, { status: "DENIED", denyReason: "NOT_SELECTED" }),
      auction("cat", "POST /bid", 400, { code: "CLOSED" }, { amount: "500.00" }),
    ],
  },
  {
    name: "an auction that opens later",
    setup: { mechanism: "auction", distribution: { openAt: later(1), settleAt: later(2) } },
    steps: [
      auction("nobody", "GET ", 200, { status: "PENDING" }),
      auction("ann", "POST /bid", 423, { error: "Auction is not open yet" }, { amount: "100.00" }),
    ],
  },
  {
    name: "a timed release",
    setup: { mechanism: "timed_release", distribution: { stock: 1 } },
    steps: [
      release("nobody", "GET ", 200, { status: "OPEN" }),
      release("ann", "GET /status", 404, { code: "NOT_IN_TIMED_RELEASE" }),
      release("ann", "POST /enter", 201, { status: "ADMITTED", position: 0 }),
      release("ann", "POST /enter", 200, { status: "ADMITTED" }),
      release("ben", "POST /enter", 429, { error: "Timed release is full" }),
      rest("ann", "GET /consumers/me", 200),
      release("ann", "POST /leave", 200, { status: "LEFT" }),
      release("ben", "POST /enter", 201, { status: "ADMITTED" }),
      verb("complete", "ben"),
      release("ben", "GET /status", 200, { status: "COMPLETED" }),
      release("ben", "POST /enter", 200, { status: "COMPLETED" }),
      release("ann", "POST /enter", 409, { code: "SOLD_OUT" }),
    ],
  },
  {
    name: "a timed release that opens and closes",
    setup: { mechanism: "timed_release", distribution: { openAt: later(1), closeAt: later(2) } },
    steps: [
      release("ann", "POST /enter", 423, { error: "Timed release is not open yet" }),
      verb("turn", "open"),
      release("ann", "POST /enter", 201, { status: "ADMITTED" }),
      verb("expire", "ann"),
      release("ann", "GET /status", 200, { denyReason: "ADMISSION_EXPIRED" }),
      release("ann", "POST /enter", 201, { status: "ADMITTED" }),
      verb("turn", "close"),
      release("ben", "POST /enter", 400, { error: "Timed release is closed" }),
    ],
  },
  {
    name: "an appointment",
    setup: { mechanism: "appointment", distribution: { slots: SLOTS } },
    steps: [
      appointment("nobody", "GET ", 200, { status: "OPEN" }),
      appointment("ann", "GET /status", 404, { code: "NOT_IN_APPOINTMENT" }),
      appointment("ann", `GET /slots?from=${DAY}&to=${AFTER}`, 200),
      appointment("ann", "POST /book", 201, { status: "QUEUED" }, { slotId: "{ann.data.0.id}" }),
      appointment("ann", "POST /book", 200, { status: "QUEUED" }, { slotId: "{ann.slotId}" }),
      appointment("ben", `GET /slots?from=${DAY}&to=${AFTER}`, 200, { "data.0.available": 0 }),
      appointment("ben", "POST /book", 409, { code: "SLOT_TAKEN" }, { slotId: "{ben.data.0.id}" }),
      appointment(
        "ann",
        "POST /book",
        409,
        { code: "ALREADY_BOOKED" },
        {
          slotId: "{ben.data.1.id}",
        },
      ),
      appointment("ben", "POST /book", 404, {}, { slotId: "slot_unknown" }),
      appointment("ann", "POST /reschedule", 200, {}, { newSlotId: "{ben.data.1.id}" }),
      appointment("ann", "GET /status", 200, { status: "QUEUED" }),
      rest("ann", "GET /consumers/me", 200),
      appointment("ann", "DELETE /cancel", 200, { status: "LEFT" }),
      appointment("ann", "DELETE /cancel", 200, { status: "LEFT" }),
      appointment("ann", "POST /book", 201, { status: "QUEUED" }, { slotId: "{ben.data.0.id}" }),
      verb("admit", "ann"),
      appointment("ann", "GET /status", 200, { status: "ADMITTED" }),
      appointment(
        "ann",
        "POST /reschedule",
        409,
        { code: "BOOKING_FIXED" },
        {
          newSlotId: "{ben.data.1.id}",
        },
      ),
    ],
  },
  {
    name: "a waitlist before the opening",
    setup: { waitlist: true, distribution: { openAt: later(1) } },
    steps: [
      rest("nobody", "GET /experiences/{experience}", 200),
      waitlist("ann", "GET /status", 404, { code: "NOT_IN_WAITLIST" }),
      waitlist("ann", "POST /enter", 201, { status: "waitlisted" }),
      waitlist("ann", "POST /enter", 200, { status: "waitlisted" }),
      rest("ann", "GET /consumers/me", 200),
      rest("ann", "POST /experiences/{experience}/route", 200, { outcome: "routed" }, {}),
      waitlist("ann", "POST /leave", 200, { status: "left" }),
      waitlist("ann", "POST /enter", 201, { status: "waitlisted" }),
      rest("ann", "DELETE /experiences/{experience}/leave", 204),
      waitlist("ann", "GET /status", 200, { status: "left" }),
      waitlist("ann", "POST /enter", 201, { status: "waitlisted" }),
      verb("turn", "open"),
      waitlist("ann", "GET /status", 200, { status: "notified" }),
      waitlist("ben", "POST /enter", 201, { status: "notified" }),
      rest("ann", "POST /experiences/{experience}/route", 200, { outcome: "routed" }, {}),
    ],
  },
  {
    name: "a waitlist alone",
    setup: { mechanism: "waitlist" },
    steps: [
      rest("ann", "POST /experiences/{experience}/route", 200, { outcome: "routed" }, {}),
      waitlist("ann", "POST /enter", 201, { status: "waitlisted" }),
    ],
  },
];
