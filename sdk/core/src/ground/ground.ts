/** What the journeys stand upon: calls, the session, the clock, timers and what the page tells. */
import type { FanfareError } from "../errors.js";
import type { Distributions } from "../journey/distribution.js";
import type { Journey } from "../journey/journey.js";
import type { Checkout, FanfareEvents } from "../sdk.js";
import type { Readable } from "../stores.js";
import type { SessionDetails } from "../wire/index.js";

export interface Ground {
  readonly calls: Calls;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly page: Page;
  /** Resolves with a session, a guest's if need be; one flight at a time, across tabs. */
  ensureSession(): Promise<SessionDetails>;
  readonly session$: Readable<SessionDetails | null>;
  emit<Name extends keyof FanfareEvents>(event: Name, of: FanfareEvents[Name]): void;
  /** Aborted by `destroy()`. */
  readonly signal: AbortSignal;
}

/** How `journeys.get` makes a journey: the machine's `createJourney`, in journey/create.ts. */
export type CreateJourney = (ground: Ground, experienceId: string, checkout: Checkout) => Journey;

/** How `sdk.distributions` is made: `createDistributions`, in distribution/create.ts. */
export type CreateDistributions = (ground: Ground) => Distributions;

export interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below `apiUrl`, beginning with `/api/v1/`. */
  readonly path: string;
  readonly body?: unknown;
  /** Whose call it is. `nobody` sends no header at all, so that caches share the answer. */
  readonly as: "consumer" | "key" | "nobody";
  readonly signal?: AbortSignal;
  /** Milliseconds; 10 000 unless told. */
  readonly timeout?: number;
}

export interface Calls {
  /**
   * The answer's body (null for 204), or a `FanfareError`. It never retries by itself, but for one
   * refresh of an access token that has ended; `serverTime` in an answer sets the clock.
   */
  send<Answer>(call: Call): Promise<Answer>;
}

export interface Clock {
  /** The service's time, in milliseconds, as well as it is known. */
  now(): number;
  readonly offset$: Readable<number>;
}

export interface Timers {
  /** Calls back once after so many milliseconds, not after `destroy()`; returns what cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
  /** As `after`, with up to a tenth more, so that thousands do not call at once. */
  afterJittered(milliseconds: number, callback: () => void): () => void;
}

export interface Page {
  readonly visible$: Readable<boolean>;
  readonly online$: Readable<boolean>;
  /** Calls back when timers stood still for more than this (a laptop's lid); returns what stops it. */
  onWake(milliseconds: number, callback: () => void): () => void;
}

/** Seconds to wait after a refusal, with jitter; null where that is of no use, or takes too long. */
export type Backoff = (error: FanfareError, attempt: number) => number | null;
