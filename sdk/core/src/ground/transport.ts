/** One HTTP call, once: its headers, its time, its end. */
import type { Settled } from "../config.js";
import { FanfareError } from "../errors.js";
import { read, UNREACHABLE, unreachable } from "./answers.js";
import type { Listener } from "./clock.js";
import type { Call } from "./ground.js";

/** `bearer` for calls of a consumer. `outlives`: goes on after `destroy()`. */
export type Transport = <Answer>(call: Call, more?: More) => Promise<Answer>;

export interface More {
  readonly bearer?: string;
  readonly outlives?: boolean;
}

const TIMEOUT = 10_000;

export function makeTransport(
  config: Settled,
  fingerprint: string,
  hear: Listener,
  life: AbortSignal,
): Transport {
  async function exchange(call: Call, bearer: string | undefined, signal: AbortSignal) {
    const lost = (cause: unknown): never => {
      throw unreachable(0, cause);
    };
    const from = Date.now();
    const asked = config.fetch(config.apiUrl + call.path, init(call, bearer, signal));
    const response = await asked.catch(lost);
    const until = Date.now();
    const answer = read(response, await response.text().catch(lost));
    // What a cache answered tells the time of another call.
    if (call.as !== "nobody") {
      hear((answer as { serverTime?: unknown } | null)?.serverTime, from, until);
    }
    return answer;
  }

  function init(call: Call, bearer: string | undefined, signal: AbortSignal): RequestInit {
    const { method, as, body } = call;
    const plain: RequestInit = { method, credentials: "omit", signal };
    if (as === "nobody") {
      // Still conditional, and still a CDN's to answer: but not what this browser had seconds ago.
      return { ...plain, cache: "no-cache" };
    }
    const headers = {
      "X-Publishable-Key": config.publishableKey,
      "X-Fingerprint": fingerprint,
      ...(bearer && { Authorization: `Bearer ${bearer}` }),
      ...(body !== undefined && { "Content-Type": "application/json" }),
    };
    return { ...plain, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  }

  return async <Answer>(call: Call, more: More = {}): Promise<Answer> => {
    const over = new AbortController();
    const ends = [call.signal, more.outlives ? undefined : life];
    if (ends.some((signal) => signal?.aborted)) {
      throw aborted();
    }
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ended = new Promise<never>((_, reject) => {
      for (const signal of ends) {
        signal?.addEventListener("abort", () => reject(aborted()), { signal: over.signal });
      }
      timer = setTimeout(() => reject(late()), call.timeout ?? TIMEOUT);
    });
    try {
      return (await Promise.race([exchange(call, more.bearer, over.signal), ended])) as Answer;
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  };
}

export function aborted(): FanfareError {
  return new FanfareError("ABORTED", "This page has given up the call.");
}

function late(): FanfareError {
  return new FanfareError("TIMEOUT", UNREACHABLE, { retryable: true });
}
