/** A sequence in each phase of each mechanism, as the gallery shows it. */
import type {
  AuctionDisplay,
  DrawDisplay,
  Mechanism,
  Outcome,
  QueueDisplay,
  SequenceView,
  WaitlistDisplay,
  WaitlistOffer,
} from "@fanfare/sdk-core";
import { left, store } from "../tests/support/scripted.js";
import * as told from "./catalogue.js";

const done = async () => {};
const leave = { leave: done };
const enter = { enter: done };
const bid = { bid: done };
const slots$ = store({ slots: told.slots });

function about<Kind extends Mechanism, Details>(
  mechanism: Kind,
  details: Details & { id: string },
) {
  return { mechanism, sequenceId: "seq_1", distributionId: details.id, details };
}

const queue = about("queue", told.queue);
const draw = about("draw", told.draw);
const release = about("timed_release", told.release);
const auction = about("auction", told.auction);
const dutch = about("auction", told.dutch);
const appointment = about("appointment", told.appointment);
const waitlist = about("waitlist", told.waitlist);

const reminder: WaitlistOffer = {
  waitlistId: "wtl_1",
  status: "open",
  join: done,
  leave: done,
};

const soon = {
  phase: "scheduled",
  startsAt: new Date(told.at(134)),
  countdown$: store(left(0, 2, 14, 9)),
} as const;
const later = {
  phase: "scheduled",
  startsAt: new Date(told.at(4000)),
  countdown$: store(left(2, 18, 40, 3)),
} as const;

const waiting: QueueDisplay = {
  number: 4812,
  ahead: 1284,
  band: null,
  estimatedWait: { low: 720, high: 1080 },
  paused: false,
  inLobby: false,
  notice: "Size 42 is nearly gone.",
};

function inLine(display: Partial<QueueDisplay>): SequenceView {
  return {
    ...queue,
    ...leave,
    phase: "participating",
    display$: store({ ...waiting, ...display }),
  };
}

const bidding: AuctionDisplay = {
  standing: "winning",
  ownBid: "1450.00",
  highBid: "1450.00",
  nextBid: "1475.00",
  bidCount: 37,
  currencyCode: "EUR",
  closesAt: new Date(told.auction.closeAt),
  countdown$: store(left(0, 0, 41, 12)),
};

const drawn: DrawDisplay = {
  drawAt: new Date(told.draw.drawAt),
  countdown$: store(left(0, 2, 14, 9)),
  entrantCount: 8412,
  winnerCount: 250,
  standing: "entered",
};

const grant = {
  phase: "granted",
  grant: {
    token: "the token that nobody may see",
    admissionId: "adm_1",
    expiresAt: new Date(told.at(10)),
    remaining$: store(left(0, 0, 9, 41)),
  },
  checkout: async () => ({ url: "#", expiresAt: null }),
  release: done,
} as const;

const OUTCOMES: readonly Outcome[] = [
  "completed",
  "not_selected",
  "sold_out",
  "closed",
  "expired",
  "left",
  "denied",
];

const ended = Object.fromEntries(
  OUTCOMES.map((outcome) => [
    `queue.ended.${outcome}`,
    { ...queue, phase: "ended", outcome, ...(["left", "expired"].includes(outcome) && enter) },
  ]),
) as Record<string, SequenceView>;

/** By name: mechanism, phase, and what is particular about it. */
export const sequences: Readonly<Record<string, SequenceView>> = {
  "queue.unavailable": { ...queue, phase: "unavailable" },
  "queue.scheduled": { ...queue, ...soon, waitlist: reminder },
  "queue.scheduled.joined": { ...queue, ...later, waitlist: { ...reminder, status: "joined" } },
  "queue.scheduled.lobby": { ...queue, ...soon, ...enter },
  "queue.enterable": { ...queue, ...enter, phase: "enterable" },
  "queue.participating": inLine({}),
  "queue.participating.near": inLine({
    ahead: null,
    number: null,
    band: "near",
    estimatedWait: { low: 200, high: 420 },
  }),
  "queue.participating.next": inLine({
    ahead: 0,
    estimatedWait: { low: 0, high: 30 },
    notice: null,
  }),
  "queue.participating.lobby": inLine({
    ahead: null,
    number: null,
    estimatedWait: null,
    inLobby: true,
  }),
  "queue.participating.paused": inLine({ paused: true, ahead: 212 }),
  "queue.settling": { ...queue, phase: "settling" },
  "queue.granted": { ...queue, ...grant },
  ...ended,
  "draw.scheduled": { ...draw, ...later },
  "draw.enterable": { ...draw, ...enter, phase: "enterable" },
  "draw.participating": { ...draw, ...leave, phase: "participating", display$: store(drawn) },
  "draw.participating.backup": {
    ...draw,
    ...leave,
    phase: "participating",
    display$: store<DrawDisplay>({ ...drawn, standing: "backup", countdown$: store(null) }),
  },
  "draw.settling": { ...draw, phase: "settling" },
  "draw.granted": { ...draw, ...grant },
  "draw.ended": { ...draw, phase: "ended", outcome: "not_selected" },
  "auction.scheduled": { ...auction, ...soon },
  "auction.enterable": { ...auction, ...bid, phase: "enterable" },
  "auction.enterable.dutch": { ...dutch, ...bid, phase: "enterable" },
  "auction.participating": { ...auction, ...bid, phase: "participating", display$: store(bidding) },
  "auction.participating.outbid": {
    ...auction,
    ...bid,
    phase: "participating",
    display$: store<AuctionDisplay>({
      ...bidding,
      standing: "outbid",
      highBid: "1500.00",
      nextBid: "1525.00",
    }),
  },
  "auction.participating.shared": {
    ...about("auction", told.shared),
    ...bid,
    phase: "participating",
    display$: store<AuctionDisplay>({ ...bidding, highBid: "1500.00", nextBid: "1475.00" }),
  },
  "auction.settling": { ...auction, phase: "settling" },
  "auction.granted": { ...auction, ...grant },
  "auction.ended": { ...auction, phase: "ended", outcome: "not_selected" },
  "appointment.scheduled": { ...appointment, ...later },
  "appointment.enterable": { ...appointment, phase: "enterable", slots$, book: done },
  "appointment.enterable.loading": {
    ...appointment,
    phase: "enterable",
    slots$: store({ slots: null }),
    book: done,
  },
  "appointment.participating": {
    ...appointment,
    phase: "participating",
    slots$,
    cancel: done,
    reschedule: done,
    display$: store({
      confirmationCode: "K7QF2M",
      startTime: new Date(told.at(2880)),
      endTime: new Date(told.at(2925)),
      locationName: "Harbour",
    }),
  },
  "appointment.granted": { ...appointment, ...grant },
  "appointment.ended": { ...appointment, phase: "ended", outcome: "closed" },
  "timed_release.scheduled": { ...release, ...soon },
  "timed_release.enterable": { ...release, ...enter, phase: "enterable" },
  "timed_release.participating": {
    ...release,
    ...leave,
    phase: "participating",
    display$: store({ enteredAt: new Date(told.at(-1)) }),
  },
  "timed_release.granted": { ...release, ...grant },
  "timed_release.ended": { ...release, phase: "ended", outcome: "sold_out" },
  "waitlist.enterable": { ...waitlist, phase: "enterable", join: done },
  "waitlist.participating": {
    ...waitlist,
    ...leave,
    phase: "participating",
    display$: store<WaitlistDisplay>({ status: "waitlisted", enteredAt: new Date(told.at(-4000)) }),
  },
  "waitlist.participating.notified": {
    ...waitlist,
    ...leave,
    phase: "participating",
    display$: store<WaitlistDisplay>({ status: "notified", enteredAt: new Date(told.at(-4000)) }),
  },
  "waitlist.granted": { ...waitlist, ...grant },
  "waitlist.ended": { ...waitlist, phase: "ended", outcome: "left", enter: done },
};
