/** Trying again: what for, how often, and after how long. */
import { FanfareError } from "../errors.js";

export interface Patience {
  readonly maxRetries: number;
  readonly maxRetryDelay: number;
  /** Not again where the answer was lost: what was asked for may have been done. */
  readonly ifRefused: boolean;
  readonly signal: AbortSignal | undefined;
}

const FIRST_MS = 500;
const LONGEST_MS = 8_000;
/** With these the service says that it has done nothing. */
const UNDONE: readonly number[] = [429, 503];

/** Calls until it succeeds, or until trying again is of no use. */
export async function persistently<Result>(
  call: () => Promise<Result>,
  patience: Patience,
): Promise<Result> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await call();
    } catch (error) {
      const delay = tries < patience.maxRetries ? delayAfter(error, tries, patience) : null;
      if (delay === null) throw error;
      await pause(delay, patience.signal);
    }
  }
}

/** Milliseconds to wait; null where it would be of no use, or last too long. */
function delayAfter(
  error: unknown,
  tries: number,
  { maxRetryDelay: longest, ifRefused }: Patience,
): number | null {
  if (!(error instanceof FanfareError) || !error.retryable) return null;
  if (ifRefused && !UNDONE.includes(error.status)) return null;
  if (error.retryAfter === null) return backoff(tries);
  const told = error.retryAfter * 1000;
  return told > longest ? null : told + Math.random() * FIRST_MS;
}

/** Twice as long each time, less up to a half by chance, so that not all come back at once. */
function backoff(tries: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** tries) * (1 - Math.random() / 2);
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(new FanfareError("ABORTED", "The call was aborted.", { cause: signal?.reason }));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, milliseconds);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
