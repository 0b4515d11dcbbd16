/** A customer's way through one experience, and what can be read of it. */
import type { FanfareError } from "../errors.js";
import type { Readable } from "../stores.js";
import type { Experience } from "../wire/index.js";
import type { JourneyView } from "./view.js";

export interface Journey {
  readonly experienceId: string;
  readonly view$: Readable<JourneyView>;
  readonly snapshot$: Readable<JourneySnapshot>;
  /** The last 100 events, oldest first. They never hold a token. */
  readonly events$: Readable<readonly JourneyEvent[]>;
  readonly latestEvent$: Readable<JourneyEvent | null>;
  /**
   * Goes from `ready` to wherever the customer is: resumes what is there, else asks for the way.
   * Resolves once the view is `gated` or `routed`. Called again it does nothing.
   */
  start(options?: { readonly accessCode?: string }): Promise<void>;
  /** Reads everything anew; for a "try again" button. */
  refresh(): Promise<void>;
}

export interface JourneySnapshot {
  readonly view: JourneyView;
  readonly experience: Experience | null;
  /** False from a failed call until one gets through. */
  readonly online: boolean;
  /** The last thing that went wrong and was not mended by trying again; null after the next success. */
  readonly error: FanfareError | null;
  /** Add to `Date.now()` for the service's time, in milliseconds. */
  readonly clockOffset: number;
}

export interface JourneyEvent {
  readonly type:
    | "started"
    | "gated"
    | "routed"
    | "entered"
    | "admitted"
    | "expired"
    | "completed"
    | "ended"
    | "left"
    | "offline"
    | "online"
    | "error";
  readonly at: Date;
  readonly experienceId: string;
  readonly sequenceId?: string;
  readonly mechanism?: string;
  readonly phase?: string;
}
