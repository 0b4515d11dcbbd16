/** One HTTP call, once: its headers, its time, its end. */
import type { Settled } from "../config.js";
import { FanfareError } from "../errors.js";
import { read, unreachable } from "./answers.js";
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
    const from = Date.now();
    let response: Response;
    let text: string;
    let until: number;
    try {
      response = await config.fetch(config.apiUrl + call.path, init(call, bearer, signal));
      until = Date.now();
      text = await response.text();
    } catch (cause) {
      throw unreachable(0, cause);
    }
    const answer = read(response, text);
    if (call.as !== "nobody") {
      hear((answer as { serverTime?: unknown } | null)?.serverTime, from, until);
    }
    return answer;
  }

  function init(call: Call, bearer: string | undefined, signal: AbortSignal): RequestInit {
    const plain: RequestInit = { method: call.method, credentials: "omit", signal };
    if (call.as === "nobody") {
      return plain;
    }
    const headers: Record<string, string> = {
      "X-Publishable-Key": config.publishableKey,
      "X-Fingerprint": fingerprint,
    };
    if (bearer) {
      headers["Authorization"] = `Bearer ${bearer}`;
    }
    if (call.body === undefined) {
      return { ...plain, headers };
    }
    headers["Content-Type"] = "application/json";
    return { ...plain, headers, body: JSON.stringify(call.body) };
  }

  return async <Answer>(call: Call, more: More = {}): Promise<Answer> => {
    const over = new AbortController();
    const ends = [call.signal, more.outlives ? undefined : life];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ended = new Promise<never>((_, reject) => {
      const end = (error: FanfareError) => {
        reject(error);
        over.abort();
      };
      for (const signal of ends) {
        signal?.addEventListener("abort", () => end(aborted()), { signal: over.signal });
      }
      timer = setTimeout(() => end(late()), call.timeout ?? TIMEOUT);
    });
    try {
      if (ends.some((signal) => signal?.aborted)) {
        throw aborted();
      }
      return (await Promise.race([exchange(call, more.bearer, over.signal), ended])) as Answer;
    } finally {
      clearTimeout(timer);
      over.abort();
    }
  };
}

export function aborted(): FanfareError {
  return new FanfareError("ABORTED", "The call was given up by this page.");
}

function late(): FanfareError {
  const message = "Fanfare did not answer in time. Check the connection; trying again may help.";
  return new FanfareError("TIMEOUT", message, { retryable: true });
}
