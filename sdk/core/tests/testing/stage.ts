/** Where a scenario is played: before the fake, or before the real service. */
import type { FakeOptions } from "@fanfare/sdk-core/testing";

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

export interface Stage {
  /** `experience`, `sequence`, `distribution`, `waitlist`. */
  readonly names: Readonly<Record<string, string>>;
  /** Whether things take their time here. */
  readonly patient: boolean;
  readonly publishableKey: string;
  fetch(path: string, init: RequestInit): Promise<Response>;
  /** The code that was sent to a contact. */
  otp(contact: string): Promise<string>;
  /** A code of the shop's own login for this e-mail address. */
  vouch(email: string): Promise<string>;
  /** Answers a bot check's challenge. */
  solve(challenge: unknown): Promise<string>;
  admit(consumerId: string): Promise<void>;
  deny(consumerId: string, reason: string): Promise<void>;
  complete(consumerId: string): Promise<void>;
  expire(consumerId: string): Promise<void>;
  /** Of `open`, `close`, `pause`, `resume`, `end`. */
  turn(how: Turn): Promise<void>;
  /** Sells what is left to others. */
  sellOut(): Promise<void>;
  draw(): Promise<void>;
  /** How many access codes anybody may try in a minute. */
  limit(most: number): Promise<void>;
  settle(): Promise<void>;
  outbid(amount: string): Promise<void>;
}

export type Turn = "open" | "close" | "pause" | "resume" | "end";

export type Opening = (setup: FakeOptions) => Promise<Stage>;
