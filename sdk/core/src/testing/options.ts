/** What a fake service offers: the same words as the Admin API's, and a default for each. */
import type { Mechanism } from "../journey/view.js";

export interface FakeOptions extends FakeSequence {
  readonly experience?: FakeExperience;
  /** Further sequences, beside the one that the other options describe. */
  readonly sequences?: readonly FakeSequence[];
}

export interface FakeExperience {
  readonly id?: string;
  readonly name?: string;
  readonly openAt?: Moment;
  readonly closeAt?: Moment;
  readonly timeZone?: string;
  readonly currencyCode?: string;
  readonly checkoutUrl?: string;
  readonly notice?: string | null;
  readonly theme?: Record<string, unknown> | null;
  readonly i18n?: Record<string, unknown> | null;
  readonly product?: FakeProduct | null;
}

export interface FakeProduct {
  readonly id?: string;
  readonly name?: string;
  readonly price?: string;
  readonly imageUrl?: string | null;
  readonly url?: string | null;
}

/** A way into the experience, with its gates and what it leads to. */
export interface FakeSequence {
  readonly name?: string;
  readonly priority?: number;
  readonly color?: string | null;
  readonly accessCode?: string;
  readonly requireAuthentication?: boolean;
  readonly botCheck?: boolean;
  /** `nobody`: an audience that no customer is in. */
  readonly audience?: "everybody" | "nobody";
  /** A waitlist beside the distribution; with `mechanism: "waitlist"` it is all there is. */
  readonly waitlist?: boolean;
  /** Default: `queue`. */
  readonly mechanism?: Mechanism;
  readonly distribution?: FakeDistribution;
}

/** Times may be dates or ISO texts; null: none. What another mechanism has is not looked at. */
export interface FakeDistribution {
  readonly name?: string;
  readonly openAt?: Moment;
  readonly closeAt?: Moment;
  readonly notice?: string | null;
  readonly maxCapacity?: number | null;
  /** How many may be sold. Default: no limit. */
  readonly stock?: number | null;
  /** Default: 900 for queues and timed releases, else 86 400. */
  readonly admissionExpirationSeconds?: number;
  readonly fingerprintPolicy?: "required" | "recommended" | "off";

  /** Queues. */
  readonly lobbyOpensAt?: Moment;
  readonly positionDisplay?: "precise" | "qualitative";

  /** Draws. Default: in an hour. */
  readonly drawAt?: Moment;
  readonly winnerCount?: number;
  readonly backupCount?: number;

  /** Auctions; `winnerCount` is theirs too. Default: in an hour, from 100.00 up by 5.00. */
  readonly settleAt?: Moment;
  readonly startingPrice?: string;
  readonly minimumBidIncrement?: string;

  /** Appointments. Default: one place an hour, from tomorrow on, for three hours. */
  readonly slots?: readonly FakeSlot[];

  /** Timed releases. */
  readonly perConsumerLimit?: number;
}

export interface FakeSlot {
  readonly startTime: Date | string;
  readonly endTime: Date | string;
  readonly capacity?: number;
}

export type Moment = Date | string | null;
