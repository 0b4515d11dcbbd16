/** Trying again, at a pace that thousands can keep. */
import { FanfareError } from "../errors.js";
import type { Backoff } from "./ground.js";

const LONGEST = 30;

/**
 * Waits what the service asks for, else 1, 2, 4 … 30 seconds (`attempt` counts from 0), and up to
 * half of that more: thousands were refused at the same moment.
 */
export const backoff: Backoff = (error, attempt) =>
  error.retryable
    ? Math.max(1, error.retryAfter ?? Math.min(LONGEST, 2 ** attempt)) * (1 + Math.random() / 2)
    : null;

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
