/** What the views are given: texts, formats, stores to read and a way to act. */
import type {
  Auth,
  CheckoutOptions,
  Experience,
  FanfareError,
  JourneyGate,
  Readable,
} from "@fanfare/sdk-core";
import type { Format } from "../format.js";
import type { Translate } from "../messages/index.js";

/** What is remembered while a customer stays in one place. */
export interface Local {
  /** The action that waits for a yes. */
  readonly confirming?: string;
  readonly email?: string;
  readonly day?: string;
  readonly slot?: string;
  readonly changing?: boolean;
  readonly complaint?: string;
  readonly field?: string;
}

export interface Ui {
  readonly t: Translate;
  readonly format: Format;
  readonly experience: Experience | null;
  readonly auth: Auth | null;
  readonly local: Local;
  /** The action under way, if any. */
  readonly busy: string | null;
  readonly problem: { readonly action: string; readonly error: FanfareError } | null;
  /** Add to `Date.now()` for the service's time. */
  readonly clockOffset: number;
  checkoutOptions(): CheckoutOptions;
  /** The most people that have been ahead of this customer, these included. */
  longest(ahead: number): number;
  read<Value>(store: Readable<Value>): Value;
  /** Does one thing at a time; failures are shown. */
  act(action: string, work: () => Promise<unknown>): void;
  /** Remembers; the field or button with this id gets the focus. */
  set(local: Partial<Local>, focus?: string): void;
  /** Has the view rendered again at least once a second, for countdowns of its own. */
  tick(): void;
  /** Renders again once this is there; says so where it cannot be had. */
  await(action: string, loading: Promise<unknown>): void;
  /** Says that what is rendered stands in for a view that is on its way. */
  standsIn(): void;
  /** Does the bot check once more. */
  check(): void;
}

export type BotCheck = Extract<JourneyGate, { kind: "bot_check" }>;
