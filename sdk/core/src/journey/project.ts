/** From what is known to what is shown: one function without effects. */
import { claimsOf } from "../checkout/token.js";
import type { Readable } from "../stores.js";
import type { Experience, Gate, RouteAnswer } from "../wire/index.js";
import { listed } from "./choose.js";
import type { Countdowns } from "./countdowns.js";
import { type Facts, type Followed, moment, nothingKnown, type Place } from "./facts.js";
import { KINDS } from "./kinds/index.js";
import type { Act } from "./kinds/kind.js";
import { actsOf, outcomeOf, phaseOf, startOf } from "./phases.js";
import type {
  AccessCodeResult,
  GatedView,
  JourneyGate,
  JourneyOffer,
  JourneyView,
  Mechanism,
  SequenceView,
  WaitlistOffer,
} from "./view.js";

/** How far a journey has come, and what is known of the distribution that it shows. */
export interface Course {
  readonly stage: "ready" | "routing" | "resolved";
  readonly experience: Experience | null;
  readonly route: RouteAnswer | null;
  readonly shown: Shown | null;
  /** The waitlist of the sequence that is shown. */
  readonly aside: Shown | null;
}

export interface Shown {
  readonly place: Place;
  readonly facts: Facts;
  /** Nothing of it is for this customer. */
  readonly barred: boolean;
}

/** The actions and stores of a view; they stay the same for as long as they mean the same. */
export interface Hands {
  start(): Promise<void>;
  readonly reroute: GatedView["reroute"];
  retry(): Promise<void>;
  submitAccessCode(code: string): Promise<AccessCodeResult>;
  accept(distributionId: string): () => Promise<void>;
  readonly acts: Readonly<Partial<Record<Act, unknown>>>;
  readonly waitlist: Pick<WaitlistOffer, "join" | "leave">;
  readonly countdowns: Countdowns;
  readonly never$: Readable<null>;
  readonly display$: Readable<unknown>;
  readonly slots$: Readable<unknown>;
}

export function project(course: Course, now: number, hands: Hands): JourneyView {
  const { stage, route, shown } = course;
  if (stage === "ready") return { journeyStage: "ready", start: hands.start };
  if (shown !== null && stage === "resolved") {
    return {
      journeyStage: "routed",
      sequence: sequence(shown, course.aside, now, hands),
      offers: offers(course, shown, now, hands),
      submitAccessCode: hands.submitAccessCode,
    };
  }
  if (route === null || stage === "routing") return { journeyStage: "routing" };
  const { reroute, retry } = hands;
  return { journeyStage: "gated", gates: route.gates.map(gate), reroute, retry };
}

function gate({ kind, methods, provider, siteKey, challengeUrl }: Gate): JourneyGate {
  if (kind === "authentication") return { kind, methods: methods ?? [] };
  if (kind === "access_code") return { kind };
  return {
    kind,
    provider: provider ?? "",
    ...(siteKey === undefined ? {} : { siteKey }),
    ...(challengeUrl === undefined ? {} : { challengeUrl }),
  };
}

function sequence(shown: Shown, aside: Course["aside"], now: number, hands: Hands): SequenceView {
  const { place, facts, barred } = shown;
  const kind = KINDS[place.mechanism];
  const phase = barred ? "unavailable" : phaseOf(kind, facts, now);
  const { mechanism, sequenceId, distributionId } = place;
  const about = { mechanism, sequenceId, distributionId, details: facts.details, phase };
  const acts = barred ? {} : pick(hands, actsOf(kind, facts, now));
  // What belongs together is told by the mechanism: the compiler cannot follow that here.
  return { ...about, ...inPhase(phase, facts, aside, hands), ...acts } as SequenceView;
}

function inPhase(
  phase: SequenceView["phase"],
  facts: Facts,
  aside: Course["aside"],
  hands: Hands,
): object {
  switch (phase) {
    case "scheduled":
      return { ...schedule(facts, hands), ...(aside ? { waitlist: waitlist(aside, hands) } : {}) };
    case "enterable":
      return facts.mechanism === "appointment" ? { slots$: hands.slots$ } : {};
    case "participating":
      return {
        display$: hands.display$,
        ...(facts.mechanism === "appointment" ? { slots$: hands.slots$ } : {}),
      };
    case "granted":
      return { grant: grant(facts, hands) };
    case "ended":
      return { outcome: outcomeOf(facts) };
    default:
      return {};
  }
}

function pick(hands: Hands, names: readonly Act[]): object {
  return Object.fromEntries(names.map((name) => [name, hands.acts[name]]));
}

function schedule(facts: Facts, { countdowns, never$ }: Hands): object {
  const at = startOf(facts);
  if (at === null) return { startsAt: null, countdown$: never$ };
  return { startsAt: new Date(at), countdown$: countdowns("start", at) };
}

function waitlist({ place, facts }: Shown, hands: Hands): WaitlistOffer {
  const own = facts.own?.status;
  const status = own === "waitlisted" ? "joined" : own === "notified" ? own : "open";
  return { waitlistId: place.distributionId, status, ...hands.waitlist };
}

function grant({ own }: Facts, { countdowns }: Hands): object {
  if (own === null || !("admissionToken" in own)) return {};
  const expires = moment(own.expiresAt) ?? 0;
  return {
    token: own.admissionToken ?? "",
    admissionId: claimsOf(own.admissionToken ?? "")?.jti ?? "",
    expiresAt: new Date(expires),
    remaining$: countdowns("grant", expires),
  };
}

/** The other ways that one could go in by now. */
function offers(
  { experience, route }: Course,
  shown: Shown,
  now: number,
  hands: Hands,
): readonly JourneyOffer[] {
  if (experience === null) return [];
  const all = new Map(listed(experience).map((each) => [each.distributionId, each]));
  return (route?.offers ?? [])
    .map((each) => all.get(each.distributionId))
    .filter((each) => each !== undefined)
    .filter((each) => each.distributionId !== shown.place.distributionId && lets(each, now))
    .map((each) => offer(each, hands));
}

function lets(place: Followed, now: number): boolean {
  if (place.mechanism === "waitlist") return false;
  const facts: Facts = nothingKnown<Mechanism>(place.mechanism, place.details, place.readAt);
  return phaseOf(KINDS[place.mechanism], facts, now) === "enterable";
}

function offer({ sequenceId, mechanism, distributionId }: Followed, hands: Hands): JourneyOffer {
  return { sequenceId, mechanism, distributionId, accept: hands.accept(distributionId) };
}
