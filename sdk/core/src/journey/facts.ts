/** What is known of one distribution and of the customer in it: views are computed from this. */
import type { FanfareError } from "../errors.js";
import type { LineCard } from "../wire/index.js";
import type { StatusOf } from "./distribution.js";
import type { Mechanism, Mechanisms } from "./view.js";

export type DetailsOf<Kind extends Mechanism> = Mechanisms[Kind]["details"];

export interface Place<Kind extends Mechanism = Mechanism> {
  readonly mechanism: Kind;
  readonly sequenceId: string;
  readonly distributionId: string;
}

/** A distribution to follow, and what is known of it from elsewhere. */
export interface Followed extends Place {
  readonly experienceId: string;
  readonly details: DetailsOf<Mechanism> | null;
  /** When they were read; 0 where they were not. */
  readonly readAt: number;
}

/** What is read again and again: what everybody sees, where one stands, the line card. */
export type Read = "details" | "own" | "card";

/** Moments, in milliseconds by the service's clock; what is absent is not due. */
export type Looks = { readonly [Each in Read]?: number };

/** An entry that the service would not take, until then. */
export interface Refused {
  readonly code: string;
  readonly until: number;
  readonly opensAt: number | null;
}

export interface Facts<Kind extends Mechanism = Mechanism> {
  readonly mechanism: Kind;
  readonly details: DetailsOf<Kind> | null;
  readonly own: StatusOf<Kind> | null;
  readonly card: LineCard | null;
  readonly refused: Refused | null;
  /** When each was read last; 0 is never. */
  readonly readAt: Readonly<Record<Read, number>>;
  /** Since when the card has said that something has happened to this customer. */
  readonly calledAt: number | null;
  /** From 0 to 1: spreads what all customers do at one moment. */
  readonly luck: number;
  /** From 0 to 1, anew with each read. */
  readonly jitter: number;
}

/** Whether the page is looked at. */
export interface Watcher {
  readonly visible: boolean;
}

export function nothingKnown<Kind extends Mechanism>(
  mechanism: Kind,
  details: DetailsOf<Kind> | null,
  readAt: number,
): Facts<Kind> {
  return {
    mechanism,
    details,
    own: null,
    card: null,
    refused: null,
    readAt: { details: readAt, own: 0, card: 0 },
    calledAt: null,
    luck: Math.random(),
    jitter: Math.random(),
  };
}

/** What a refusal to let somebody in says about trying again; null where it says nothing. */
export function refusalOf(error: FanfareError, now: number): Refused | null {
  const { code, opensAt, retryAfter } = error;
  if (code === "NOT_OPEN_YET" || code === "FULL") {
    const until = opensAt?.getTime() ?? now + (retryAfter ?? 30) * 1_000;
    return { code, until, opensAt: opensAt?.getTime() ?? null };
  }
  if (code === "CLOSED") return { code, until: now + REOPENS, opensAt: null };
  return FINAL.has(code) ? { code, until: Infinity, opensAt: null } : null;
}

const REOPENS = 300_000;

const FINAL = new Set([
  "SOLD_OUT",
  "NOT_ROUTED",
  "PERMISSION_DENIED",
  "FINGERPRINT_REQUIRED",
  "FINGERPRINT_LIMIT",
]);

/** A moment of the wire in milliseconds; null where there is none. */
export function moment(text: string | null | undefined): number | null {
  return text ? Date.parse(text) : null;
}

/** The next look at something that is read at a pace, with up to a tenth more. */
export function every(facts: Facts, what: Read, pace: number): number {
  return facts.readAt[what] + pace * (1 + facts.jitter / 10);
}
