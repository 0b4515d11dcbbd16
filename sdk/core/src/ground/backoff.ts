/** Trying again, at a pace that thousands can keep. */
import { FanfareError } from "../errors.js";
import type { Backoff } from "./ground.js";

const LONGEST = 30;
const SPREAD = 10;
/** Nobody looks on for longer while a page waits for an answer. */
const PATIENCE = 60;

/**
 * Seconds: what the service asks for, else 1, 2, 4 … 30 (`attempt` counts from 0), and up to half
 * of that more, 10 at most: thousands were refused at the same moment.
 */
export function delay({ retryAfter }: FanfareError, attempt: number): number {
  const least = Math.max(1, retryAfter ?? Math.min(LONGEST, 2 ** attempt));
  return least + Math.random() * Math.min(SPREAD, least / 2);
}

/** The same while somebody waits for it: more than a minute is theirs to wait. */
export const backoff: Backoff = (error, attempt) =>
  error.retryable && (error.retryAfter ?? 0) <= PATIENCE ? delay(error, attempt) : null;

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Calls until it succeeds, or `wait` has no more seconds to give. */
export async function again<Answer>(call: () => Promise<Answer>, wait: Backoff): Promise<Answer> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const seconds = error instanceof FanfareError ? wait(error, attempt) : null;
      if (seconds === null) {
        throw error;
      }
      await pause(seconds * 1000);
    }
  }
}
