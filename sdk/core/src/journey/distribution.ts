/** A distribution known by its id: where the customer stands in it, for pages without a journey. */
import type { FanfareError } from "../errors.js";
import type { Readable } from "../stores.js";
import type { BidderStatus, BookingStatus, Status, WaitlistStatus } from "../wire/index.js";
import type { Mechanism, SlotsState } from "./view.js";

export interface Distributions {
  /** The same object for the same id. It asks nothing before somebody listens or acts. */
  get<Kind extends Mechanism>(mechanism: Kind, distributionId: string): Distribution<Kind>;
}

export type Distribution<Kind extends Mechanism> = Followed<Kind> & Acts[Kind];

interface Followed<Kind extends Mechanism> {
  readonly mechanism: Kind;
  readonly distributionId: string;
  /** Kept fresh while somebody listens, at a journey's pace: only the line card while queued. */
  readonly state$: Readable<Standing<Kind>>;
  /** Asks where the customer stands now. */
  refresh(): Promise<void>;
}

export interface Standing<Kind extends Mechanism> {
  /** The service's status object, its `position` as the newest card says; null before entering. */
  readonly status: StatusOf<Kind> | null;
  /** While the first answer or an action's is awaited. */
  readonly isLoading: boolean;
  /** The last thing that went wrong; null after the next success. */
  readonly error: FanfareError | null;
}

export type StatusOf<Kind extends Mechanism> = Statuses[Kind];

interface Statuses {
  queue: Status;
  draw: Status;
  timed_release: Status;
  auction: BidderStatus;
  appointment: BookingStatus;
  waitlist: WaitlistStatus;
}

/** What a customer may do; each rejects with a `FanfareError`, which `state$` tells as well. */
export interface Acts {
  queue: Entered;
  draw: Entered;
  timed_release: Entered;
  waitlist: Entered;
  auction: {
    /** Decimal strings in the auction's currency; up to `maxAmount` bids are raised for you. */
    bid(amount: string, options?: { readonly maxAmount?: string }): Promise<void>;
  };
  appointment: {
    readonly slots$: Readable<SlotsState>;
    book(slotId: string): Promise<void>;
    reschedule(slotId: string): Promise<void>;
    cancel(): Promise<void>;
  };
}

export interface Entered {
  enter(): Promise<void>;
  leave(): Promise<void>;
}
