/** Every call that the client makes: its address, its headers, its idempotency key. */
import { randomUUID } from "node:crypto";
import type { Config } from "../config.js";
import { FanfareError } from "../errors.js";
import { expected } from "../wire/answers.js";
import type { AnswerOf, Input, Method, PathOf } from "../wire/calls.js";
import { type Answer, attempt, type Outgoing } from "./request.js";
import { persistently } from "./retries.js";

/** What a caller may say about one call. */
export interface CallOptions {
  /** Your own, to make a POST once even over restarts. Default: a new one, the same for all its tries. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** Milliseconds for one attempt, and how often to try again: instead of the client's. */
  readonly timeout?: number;
  readonly maxRetries?: number;
  /**
   * The `ETag` that you read: change the object only if it is still the same. When the answer is
   * lost such a change is not sent again: read the object to see whether it was made.
   */
  readonly ifMatch?: string;
}

/** Asks the service; the path, what goes in and what comes out are checked against its OpenAPI document. */
export type Http = <M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  input: Input<M, P>,
  options?: CallOptions,
) => Promise<Answer<AnswerOf<M, P>>>;

/** As `Http`, for those who only want the body. */
export type Call = <M extends Method, P extends PathOf<M>>(
  method: M,
  path: P,
  input: Input<M, P>,
  options?: CallOptions,
) => Promise<AnswerOf<M, P>>;

interface Parts {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
}

/** Returns what makes calls; the API key stays in here. */
export function http(config: Config): Http {
  const send = (method: Method, path: string, parts: Parts, options: CallOptions) => {
    const { apiUrl, apiKey, fetch, maxRetryDelay } = config;
    const { signal, timeout = config.timeout, maxRetries = config.maxRetries } = options;
    const outgoing: Outgoing = {
      method,
      url: apiUrl + filled(path, parts.path ?? {}) + search(parts.query ?? {}),
      headers: { ...headers(method, parts.body, options), Authorization: `Bearer ${apiKey}` },
      body: written(parts.body),
      expected: expected(method, path),
    };
    const once = () => attempt(fetch, outgoing, { timeout, signal });
    // What was changed has another ETag, and its second try would be refused for that.
    const ifRefused = options.ifMatch !== undefined && method !== "POST";
    return persistently(once, { maxRetries, maxRetryDelay, ifRefused, signal });
  };
  return (async (method: Method, path: string, parts: Parts, options: CallOptions = {}) =>
    send(method, path, parts, options)) as Http;
}

/** Leaves status and headers aside. */
export function bodies(http: Http): Call {
  return async (method, path, input, options) => (await http(method, path, input, options)).data;
}

function filled(path: string, ids: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name];
    if (typeof id === "string" && !["", ".", ".."].includes(id)) return encodeURIComponent(id);
    throw new FanfareError("INVALID_ARGUMENT", "An id is missing. Give the id of the object.");
  });
}

function search(query: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null) parameters.append(name, String(value));
  }
  return parameters.size > 0 ? `?${parameters}` : "";
}

function headers(method: Method, body: unknown, options: CallOptions): Record<string, string> {
  const { ifMatch, idempotencyKey } = options;
  return {
    Accept: "application/json",
    "User-Agent": "fanfare-sdk-node",
    ...(body === undefined ? {} : { "Content-Type": contentType(body) }),
    ...(ifMatch === undefined ? {} : { "If-Match": ifMatch }),
    ...(method === "POST" ? { "X-Idempotency-Key": checkedKey(idempotencyKey) } : {}),
  };
}

function checkedKey(key: string = randomUUID()): string {
  if (/^[!-~]{1,255}$/.test(key)) return key;
  const message = "An idempotency key has 1 to 255 visible characters, without blanks.";
  throw new FanfareError("INVALID_ARGUMENT", message);
}

/** A text is a CSV file, as the imports take it; everything else is JSON. */
function contentType(body: unknown): string {
  return typeof body === "string" ? "text/csv" : "application/json";
}

function written(body: unknown): string | undefined {
  return body === undefined || typeof body === "string" ? body : JSON.stringify(body);
}
