/** Trying again, as politely as the service asks for. */
import { FanfareError } from "../errors.js";
import { backoff } from "../ground/backoff.js";

/** Anything thrown, as what this SDK throws. */
export function asFanfareError(thrown: unknown): FanfareError {
  if (thrown instanceof FanfareError) return thrown;
  return new FanfareError("NETWORK_ERROR", "The call failed. Try again.", { cause: thrown });
}

/** Whether nothing answered. */
export function isOffline({ code }: FanfareError): boolean {
  return code === "NETWORK_ERROR" || code === "TIMEOUT";
}

/** Milliseconds to wait before the same call again, with jitter; null where that is of no use. */
export function pause(error: FanfareError, attempt: number): number | null {
  // Who is told that there is no room decides for themselves.
  const seconds = error.code === "FULL" ? null : backoff(error, attempt);
  return seconds === null ? null : seconds * 1_000;
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
