/** Trying again, as politely as the service asks for. */
import { FanfareError } from "../errors.js";
import { backoff, delay } from "../ground/backoff.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** Whoever is told that there is no room, or not yet, decides for themselves. */
const THEIRS: ReadonlySet<string> = new Set(["FULL", "NOT_OPEN_YET"]);

/** Anything thrown, as what this SDK throws. */
export function asFanfareError(thrown: unknown): FanfareError {
  if (thrown instanceof FanfareError) return thrown;
  return new FanfareError("NETWORK_ERROR", "The call failed. Try again.", { cause: thrown });
}

/** Whether nothing answered. */
export function isOffline({ code }: FanfareError): boolean {
  return code === "NETWORK_ERROR" || code === "TIMEOUT";
}

/** Milliseconds before an action is tried again; null where that is of no use, or takes too long. */
export function pause(error: FanfareError, attempt: number): number | null {
  const seconds = THEIRS.has(error.code) ? null : backoff(error, attempt);
  return seconds === null ? null : seconds * SECOND;
}

/** Milliseconds before what is read again and again is read again, however long the service asks for. */
export function rest(error: FanfareError, attempt: number): number {
  return error.retryable ? delay(error, attempt) * SECOND : MINUTE;
}

/** What a page calls: its failure is the caller's to read, and never an unhandled one. */
export function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => {});
  return promise;
}

export function gone(): FanfareError {
  const said = "This is not possible any more. Look at the view again.";
  return new FanfareError("CONFLICT", said, { status: 409 });
}
