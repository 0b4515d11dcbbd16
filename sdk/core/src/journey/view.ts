/**
 * What a customer can see and do now: the public contract of the SDK.
 *
 * `JourneyView` is a union on `journeyStage`, its sequence a union on `mechanism` and `phase`.
 * Only the actions that are valid now are there. Why somebody is somewhere never shows.
 */
import type { Readable } from "../stores.js";
import type {
  AppointmentDetails,
  AuctionDetails,
  DrawDetails,
  QueueDetails,
  Slot,
  TimedReleaseDetails,
  WaitlistDetails,
} from "../wire/index.js";

export type JourneyView = ReadyView | RoutingView | GatedView | RoutedView;

export interface ReadyView {
  readonly journeyStage: "ready";
  start(): Promise<void>;
}

/** Also while a rate-limited start waits for its turn: that is no error. */
export interface RoutingView {
  readonly journeyStage: "routing";
}

export interface GatedView {
  readonly journeyStage: "gated";
  readonly gates: readonly JourneyGate[];
  /** Asks for the way again with what the customer gave; all of it is remembered for next time. */
  reroute(answers: GateAnswers): Promise<void>;
  /** Asks for the way again, after signing in for example. */
  retry(): Promise<void>;
}

export interface GateAnswers {
  readonly accessCode?: string;
  readonly challenge?: string;
}

export type JourneyGate =
  | { readonly kind: "authentication"; readonly methods: readonly string[] }
  | { readonly kind: "access_code" }
  | {
      readonly kind: "bot_check";
      readonly provider: string;
      readonly siteKey?: string;
      readonly challengeUrl?: string;
    };

export interface RoutedView {
  readonly journeyStage: "routed";
  readonly sequence: SequenceView;
  /** Other ways that are open, such as a better sequence since a code was given. */
  readonly offers: readonly JourneyOffer[];
  submitAccessCode(code: string): Promise<AccessCodeResult>;
}

export interface JourneyOffer {
  readonly sequenceId: string;
  readonly mechanism: Mechanism;
  readonly distributionId: string;
  /** Shows this one from now on. */
  accept(): Promise<void>;
}

export interface AccessCodeResult {
  readonly outcome: "advanced" | "unchanged" | "gated";
  readonly sequenceId?: string;
}

export type Mechanism = keyof Mechanisms;

export type Phase = SequenceView["phase"];

/** What differs between the mechanisms: details, what waiting shows, and the actions. */
export interface Mechanisms {
  queue: {
    details: QueueDetails;
    display: QueueDisplay;
    enter: Enter;
    stay: Leave;
  };
  draw: { details: DrawDetails; display: DrawDisplay; enter: Enter; stay: Leave };
  timed_release: {
    details: TimedReleaseDetails;
    display: TimedReleaseDisplay;
    enter: Enter;
    stay: Leave;
  };
  auction: { details: AuctionDetails; display: AuctionDisplay; enter: Bid; stay: Bid };
  appointment: {
    details: AppointmentDetails;
    display: AppointmentDisplay;
    enter: Book;
    stay: Rebook;
  };
  waitlist: { details: WaitlistDetails; display: WaitlistDisplay; enter: Join; stay: Leave };
}

interface Enter {
  enter(): Promise<void>;
}

interface Leave {
  leave(): Promise<void>;
}

interface Join {
  join(): Promise<void>;
}

interface Bid {
  /** Amounts are decimal strings in the auction's currency; with `maxAmount` bids are raised for you. */
  bid(amount: string, options?: { readonly maxAmount?: string }): Promise<void>;
}

interface Book {
  readonly slots$: Readable<SlotsState>;
  book(slotId: string): Promise<void>;
}

interface Rebook {
  readonly slots$: Readable<SlotsState>;
  cancel(): Promise<void>;
  reschedule(slotId: string): Promise<void>;
}

/** `slots` is null until they were read; they are read while somebody listens. */
export interface SlotsState {
  readonly slots: readonly Slot[] | null;
}

interface About<Kind extends Mechanism> {
  readonly mechanism: Kind;
  readonly sequenceId: string;
  readonly distributionId: string;
  /** The distribution as the service shows it to everybody. */
  readonly details: Mechanisms[Kind]["details"];
}

/** One kind's sequence in each of its phases. */
export type SequenceOf<Kind extends Mechanism> =
  | Unavailable<Kind>
  | Scheduled<Kind>
  | Enterable<Kind>
  | Participating<Kind>
  | Settling<Kind>
  | Granted<Kind>
  | Ended<Kind>;

export type SequenceView = { [Kind in Mechanism]: SequenceOf<Kind> }[Mechanism];

/** Nothing is here for now: paused before it opened, or no way in. */
export interface Unavailable<Kind extends Mechanism> extends About<Kind> {
  readonly phase: "unavailable";
}

export interface Scheduled<Kind extends Mechanism> extends About<Kind> {
  readonly phase: "scheduled";
  readonly startsAt: Date | null;
  readonly countdown$: Readable<Countdown | null>;
  readonly waitlist?: WaitlistOffer;
  /** A queue whose lobby is open can be entered before it opens. */
  readonly enter?: () => Promise<void>;
}

export type Enterable<Kind extends Mechanism> = About<Kind> &
  Mechanisms[Kind]["enter"] & {
    readonly phase: "enterable";
  };

export type Participating<Kind extends Mechanism> = About<Kind> &
  Mechanisms[Kind]["stay"] & {
    readonly phase: "participating";
    readonly display$: Readable<Mechanisms[Kind]["display"]>;
  };

/** It is being decided: a draw at its time, an auction that has closed. */
export interface Settling<Kind extends Mechanism> extends About<Kind> {
  readonly phase: "settling";
}

export interface Granted<Kind extends Mechanism> extends About<Kind> {
  readonly phase: "granted";
  readonly grant: Grant;
  /** Hands over to the checkout; resolves with where to go, after having gone there unless told not to. */
  checkout(options?: CheckoutOptions): Promise<CheckoutResult>;
  /** Gives the admission back. */
  release(): Promise<void>;
}

export interface Ended<Kind extends Mechanism> extends About<Kind> {
  readonly phase: "ended";
  readonly outcome: Outcome;
  /** Where the service would take a new entry: at the end of the line. */
  readonly enter?: () => Promise<void>;
}

/**
 * `completed`: an order was made. `not_selected`: a draw or an auction went to others. `left`: by oneself.
 */
export type Outcome =
  | "completed"
  | "not_selected"
  | "sold_out"
  | "closed"
  | "expired"
  | "left"
  | "denied";

export interface WaitlistOffer {
  readonly waitlistId: string;
  readonly status: "open" | "joined" | "notified";
  join(): Promise<void>;
  leave(): Promise<void>;
}

/** Time left, never negative, by the service's clock. */
export interface Countdown {
  readonly totalMs: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly seconds: number;
}

/** Treat `token` as a password: it lets its bearer buy. */
export interface Grant {
  readonly token: string;
  readonly admissionId: string;
  readonly expiresAt: Date;
  readonly remaining$: Readable<Countdown>;
}

export type HandoffPattern = "same_site" | "external" | "embedded";

/**
 * How the token gets to the checkout. `handoff`: by a code of 120 s, and never itself (the default).
 * `url`: as a parameter of `checkoutUrl`. `session_storage`: kept in this tab for a page of this origin.
 */
export type HandoffWay = "handoff" | "url" | "session_storage";

export interface CheckoutOptions {
  readonly via?: HandoffWay;
  readonly pattern?: HandoffPattern;
  /** Where `url` and `session_storage` lead. Default: the experience's. */
  readonly checkoutUrl?: string;
  readonly returnUrl?: string;
  readonly variantId?: string;
  readonly quantity?: number;
  /** With `embedded`: the element that is filled with the checkout's frame. */
  readonly container?: Element;
  /** With `embedded`: the frame's name for screen readers. Default: Checkout. */
  readonly title?: string;
  /** False: only tell where to go. */
  readonly navigate?: boolean;
}

/** `expiresAt`: until when the address is good; null where the address itself never ends. */
export interface CheckoutResult {
  readonly url: string;
  readonly expiresAt: Date | null;
}

/** `ahead` is null where the merchant shows no positions or the number is still to be dealt (a lobby). */
export interface QueueDisplay {
  readonly number: number | null;
  readonly ahead: number | null;
  readonly band: "next" | "near" | "far" | null;
  readonly estimatedWait: { readonly low: number; readonly high: number } | null;
  readonly paused: boolean;
  readonly inLobby: boolean;
  readonly notice: string | null;
}

export interface DrawDisplay {
  readonly drawAt: Date;
  readonly countdown$: Readable<Countdown | null>;
  readonly entrantCount: number;
  readonly winnerCount: number;
  /** A backup is next when a winner does not buy. */
  readonly standing: "entered" | "backup";
}

export interface AuctionDisplay {
  readonly standing: "winning" | "outbid" | "none";
  readonly ownBid: string | null;
  readonly highBid: string | null;
  readonly nextBid: string;
  readonly bidCount: number;
  readonly currencyCode: string;
  readonly closesAt: Date;
  readonly countdown$: Readable<Countdown | null>;
}

export interface AppointmentDisplay {
  readonly confirmationCode: string;
  readonly startTime: Date;
  readonly endTime: Date;
  readonly locationName: string | null;
}

export interface TimedReleaseDisplay {
  readonly enteredAt: Date;
}

export interface WaitlistDisplay {
  readonly status: "waitlisted" | "notified";
  readonly enteredAt: Date;
}
