/** One attempt: what is sent, until when, and what came of it. */
import { FanfareError, odd, refusal } from "../errors.js";
import { JSON_TYPE } from "../wire/answers.js";

export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** How the `Content-Type` of its answer begins; null where that is a 204. */
  readonly expected: string | null;
}

export interface Answer<Data> {
  readonly data: Data;
  readonly status: number;
  readonly headers: Headers;
  readonly requestId: string | null;
}

export interface Limits {
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
}

const TIMED_OUT = Symbol("timed out");

/** Sends once and reads the answer whole, or fails with a `FanfareError`. */
export async function attempt(
  fetch: typeof globalThis.fetch,
  outgoing: Outgoing,
  { timeout, signal }: Limits,
): Promise<Answer<unknown>> {
  const controller = new AbortController();
  const stop = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(TIMED_OUT), timeout);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    if (signal?.aborted) throw signal.reason;
    return await exchanged(fetch, outgoing, controller.signal);
  } catch (cause) {
    throw cause instanceof FanfareError ? cause : failure(cause, controller.signal, signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  }
}

async function exchanged(
  fetch: typeof globalThis.fetch,
  { url, method, headers, body, expected }: Outgoing,
  signal: AbortSignal,
): Promise<Answer<unknown>> {
  const sent = body === undefined ? {} : { body };
  const response = await fetch(url, { method, headers, signal, redirect: "manual", ...sent });
  const text = await response.text();
  if (!response.ok) throw refusal(response.status, response.headers, text);
  return {
    data: content(response, text, expected),
    status: response.status,
    headers: response.headers,
    requestId: response.headers.get("X-Request-Id"),
  };
}

/** The body as it was expected, for pages of something on the way come with a 200, too. */
function content(response: Response, text: string, expected: string | null): unknown {
  const { status, headers } = response;
  if (expected === null && status === 204) return undefined;
  const type = headers.get("Content-Type") ?? "";
  if (expected === null || status === 204 || !type.startsWith(expected)) throw odd(response);
  if (expected !== JSON_TYPE) return text;
  try {
    return JSON.parse(text);
  } catch {
    throw odd(response);
  }
}

function failure(cause: unknown, own: AbortSignal, given: AbortSignal | undefined): FanfareError {
  if (given?.aborted) return new FanfareError("ABORTED", "The call was aborted.", { cause });
  if (own.reason === TIMED_OUT) {
    const message = "The service did not answer in time.";
    return new FanfareError("TIMEOUT", message, { retryable: true });
  }
  const message = "The service could not be reached. Check apiUrl and the network.";
  return new FanfareError("NETWORK_ERROR", message, { retryable: true, cause });
}
