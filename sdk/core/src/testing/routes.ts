/** Which call does what. */
import { FakeAppointment } from "./appointment.js";
import { FakeAuction } from "./auction.js";
import { handOff } from "./handoff.js";
import type { Launch } from "./launch.js";
import type { Body, Line } from "./line.js";
import type { People, Person } from "./people.js";
import { consumerRequired, notFound, rateLimited, unauthenticated } from "./problems.js";
import { profile } from "./profile.js";
import { FakeQueue } from "./queue.js";
import type { FakeWaitlist } from "./waitlist.js";
import type { Context } from "./world.js";

export interface Asked {
  readonly method: string;
  /** Below `/api/v1/`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Body;
  readonly authorization: string | null;
  readonly fingerprint: string | null;
}

export type Answered = readonly [status: number, body: unknown];

export interface House {
  readonly context: Context;
  readonly launch: Launch;
  readonly people: People;
  readonly organization: Body;
  /** How many access codes one may try in a minute. */
  codeLimit: number;
}

interface Turn extends House {
  readonly asked: Asked;
  readonly ids: readonly string[];
}

type Route = readonly [RegExp, (turn: Turn) => Answered];

const KINDS: Record<string, Line["kind"]> = {
  queues: "queue",
  draws: "draw",
  auctions: "auction",
  appointments: "appointment",
  "timed-releases": "timed_release",
};
const PLAIN = "(queues|draws|timed-releases)";
const ANY = "(queues|draws|auctions|timed-releases|appointments)";

const ROUTES: readonly Route[] = [
  [/^GET organizations\/current$/, ({ organization }) => [200, organization]],
  [/^POST auth\/guest$/, ({ people }) => [201, people.guest()]],
  [/^POST auth\/refresh$/, (t) => [200, t.people.refresh(t.asked.body["refreshToken"])]],
  [/^POST auth\/logout$/, (t) => [204, t.people.logout(t.asked.authorization)]],
  [/^POST auth\/otp\/request$/, (t) => [202, t.people.requestOtp(t.asked.body)]],
  [
    /^POST auth\/otp\/verify$/,
    (t) => [200, t.people.verifyOtp(t.asked.body, t.asked.authorization)],
  ],
  [
    /^POST auth\/external\/exchange$/,
    (t) => [200, t.people.exchange(t.asked.body["exchangeCode"], t.asked.authorization)],
  ],
  [/^POST challenges$/, () => [201, { parameters: {}, signature: "fake" }]],
  [/^GET consumers\/me$/, (t) => [200, profile(known(t), t.launch)]],
  [/^POST handoffs$/, (t) => [201, handOff(t.context, t.launch, known(t), t.asked.body)]],
  [/^GET experiences\/([^/]+)$/, (t) => [200, experience(t).show()]],
  [/^POST experiences\/([^/]+)\/enter$/, (t) => created(experience(t).enter(acting(t)))],
  [/^DELETE experiences\/([^/]+)\/leave$/, (t) => [204, experience(t).leave(acting(t))]],
  [/^POST experiences\/([^/]+)\/route$/, (t) => [200, routed(t)]],
  [/^POST (waitlists)\/([^/]+)\/enter$/, (t) => created(joined(t))],
  [/^POST (waitlists)\/([^/]+)\/leave$/, (t) => [200, waitlist(t).leave(acting(t).id)]],
  [/^GET (waitlists)\/([^/]+)\/status$/, (t) => [200, waitlist(t).status(acting(t).id)]],
  [/^GET (queues)\/([^/]+)\/line$/, (t) => [200, of(t, FakeQueue).card()]],
  [new RegExp(`^GET ${ANY}/([^/]+)$`), (t) => [200, line(t).show()]],
  [new RegExp(`^POST ${PLAIN}/([^/]+)/enter$`), (t) => created(entered(t))],
  [new RegExp(`^POST ${PLAIN}/([^/]+)/leave$`), (t) => [200, left(t)]],
  [new RegExp(`^GET ${PLAIN}/([^/]+)/status$`), (t) => [200, status(t)]],
  [/^POST (auctions)\/([^/]+)\/bid$/, (t) => created(bid(t))],
  [/^GET (auctions)\/([^/]+)\/highest-bid$/, (t) => [200, of(t, FakeAuction).highest()]],
  [/^GET (auctions)\/([^/]+)\/bids$/, (t) => [200, page(of(t, FakeAuction).bids(acting(t).id))]],
  [
    /^GET (auctions)\/([^/]+)\/bids\/history$/,
    (t) => [200, page(of(t, FakeAuction).history(acting(t).id))],
  ],
  [/^GET (auctions)\/([^/]+)\/status$/, (t) => [200, bidder(t)]],
  [/^GET (appointments)\/([^/]+)\/slots$/, (t) => [200, slots(t)]],
  [/^POST (appointments)\/([^/]+)\/book$/, (t) => created(booked(t))],
  [/^POST (appointments)\/([^/]+)\/reschedule$/, (t) => [200, rescheduled(t)]],
  [/^DELETE (appointments)\/([^/]+)\/cancel$/, (t) => [200, cancelled(t)]],
  [/^GET (appointments)\/([^/]+)\/status$/, (t) => [200, booking(t)]],
];

/** Answers a call, or raises a `Refusal`. */
export function answer(house: House, asked: Asked): Answered {
  for (const [pattern, act] of ROUTES) {
    const found = pattern.exec(`${asked.method} ${asked.path}`);
    if (found) {
      const ids = found.slice(1).map((part) => decodeURIComponent(part));
      return act({ ...house, asked, ids });
    }
  }
  throw notFound();
}

/** Whoever acts must be somebody: else 401 here, and 400 in `acting`. */
function known({ people, asked }: Turn): Person {
  const person = people.of(asked.authorization);
  if (!person) throw unauthenticated();
  return person;
}

function acting({ people, asked, ids }: Turn): Person {
  const person = people.of(asked.authorization);
  if (!person) throw ids[0] === "draws" ? unauthenticated() : consumerRequired();
  return person;
}

function experience({ launch, ids }: Turn): Launch {
  if (ids[0] !== launch.id) throw notFound("experience");
  return launch;
}

const TRIES = new WeakMap<Launch, { who: string; at: number }[]>();

function routed(turn: Turn): Body {
  const { people, asked, context, codeLimit } = turn;
  const launch = experience(turn);
  const person = people.of(asked.authorization);
  if (asked.body["accessCode"] !== undefined && asked.body["accessCode"] !== null) {
    const [now, who] = [context.clock.now(), person?.id ?? "nobody"];
    const recent = (TRIES.get(launch) ?? []).filter(({ at }) => at > now - 60_000);
    TRIES.set(launch, [...recent, { who, at: now }]);
    if (recent.filter((each) => each.who === who).length >= codeLimit) throw rateLimited(60);
  }
  return launch.route(person, asked.body);
}

function line({ launch, ids: [collection = "", id] }: Turn): Line {
  const kind = KINDS[collection];
  const found = launch.lines().find((each) => each.kind === kind && each.id === id);
  if (!found) throw notFound(kind);
  return found;
}

function of<Kind extends Line>(turn: Turn, kind: new (...given: never[]) => Kind): Kind {
  const found = line(turn);
  if (!(found instanceof kind)) throw notFound();
  return found;
}

function waitlist({ launch, ids: [, id] }: Turn): FakeWaitlist {
  const found = launch.waitlists().find((each) => each.id === id);
  if (!found) throw notFound("waitlist");
  return found;
}

function joined(turn: Turn): readonly [Body, boolean] {
  const list = waitlist(turn);
  const person = acting(turn);
  turn.launch.require(list.place.sequenceId, person);
  return list.enter(person.id);
}

function entered(turn: Turn): readonly [Body, boolean] {
  const [found, person] = [line(turn), acting(turn)];
  const standing = found.standing(person.id);
  if (standing) return [found.body(standing), false];
  turn.launch.require(found.place.sequenceId, person);
  found.check(turn.asked.fingerprint);
  return [found.body(found.add(person.id)), true];
}

function left(turn: Turn): Body {
  const found = line(turn);
  return found.body(found.leave(acting(turn).id));
}

function status(turn: Turn): Body {
  const found = line(turn);
  return found.body(found.known(acting(turn).id));
}

function bid(turn: Turn): readonly [Body, boolean] {
  const [auction, person] = [of(turn, FakeAuction), acting(turn)];
  const { body, fingerprint } = turn.asked;
  if (!auction.latest(person.id)) turn.launch.require(auction.place.sequenceId, person);
  const { amount, maxAmount } = body;
  const [entry, accepted] = auction.bid(person.id, amount, maxAmount, fingerprint);
  return [auction.bidder(entry), accepted];
}

function bidder(turn: Turn): Body {
  const auction = of(turn, FakeAuction);
  return auction.bidder(auction.known(acting(turn).id));
}

function slots(turn: Turn): Body {
  const { query } = turn.asked;
  const data = of(turn, FakeAppointment).slots(query.get("from"), query.get("to"));
  return { data, pageInfo: { endCursor: null, hasNextPage: false } };
}

function booked(turn: Turn): readonly [Body, boolean] {
  const [appointment, person] = [of(turn, FakeAppointment), acting(turn)];
  const { body, fingerprint } = turn.asked;
  if (!appointment.latest(person.id)) turn.launch.require(appointment.place.sequenceId, person);
  const [entry, isNew] = appointment.book(person.id, String(body["slotId"]), fingerprint);
  return [appointment.booked(entry), isNew];
}

function rescheduled(turn: Turn): Body {
  const appointment = of(turn, FakeAppointment);
  const slotId = String(turn.asked.body["newSlotId"]);
  return appointment.booked(appointment.reschedule(acting(turn).id, slotId));
}

function cancelled(turn: Turn): Body {
  const appointment = of(turn, FakeAppointment);
  return appointment.booked(appointment.cancel(acting(turn).id));
}

function booking(turn: Turn): Body {
  const appointment = of(turn, FakeAppointment);
  return appointment.booked(appointment.known(acting(turn).id));
}

function created([body, isNew]: readonly [Body, boolean]): Answered {
  return [isNew ? 201 : 200, body];
}

function page(data: readonly Body[]): Body {
  return { data, pageInfo: { endCursor: data.length > 0 ? "fake" : null, hasNextPage: false } };
}
