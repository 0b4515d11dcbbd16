/** What a client is made with. */
import { FanfareError } from "./errors.js";

export interface FanfareClientOptions {
  /** A secret key, `sk_live_…` or `sk_test_…`. Default: `FANFARE_API_KEY` of the environment. */
  readonly apiKey?: string | undefined;
  /** Where the service is. Default: `FANFARE_API_URL` of the environment. */
  readonly apiUrl?: string | undefined;
  /** Milliseconds for one attempt. Default: 30 000. */
  readonly timeout?: number;
  /** How often a call is tried again. Default: 3. */
  readonly maxRetries?: number;
  /** Milliseconds that one `Retry-After` may ask for before the client gives up. Default: 60 000. */
  readonly maxRetryDelay?: number;
  /** For tests and proxies. Default: Node's own. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface Config extends Required<Omit<FanfareClientOptions, "apiKey" | "apiUrl">> {
  readonly apiKey: string;
  readonly apiUrl: string;
}

/** Checks the options and fills in the defaults; refuses with `INVALID_CONFIG`. */
export function config(options: FanfareClientOptions): Config {
  return {
    apiKey: checkedKey(options.apiKey ?? process.env["FANFARE_API_KEY"]),
    apiUrl: checkedUrl(options.apiUrl ?? process.env["FANFARE_API_URL"]),
    timeout: checkedNumber("timeout", options.timeout ?? 30_000, 1),
    maxRetries: checkedNumber("maxRetries", options.maxRetries ?? 3, 0),
    maxRetryDelay: checkedNumber("maxRetryDelay", options.maxRetryDelay ?? 60_000, 0),
    fetch: options.fetch ?? globalThis.fetch,
  };
}

function checkedKey(apiKey: string | undefined): string {
  if (!apiKey) throw wrong("Give apiKey, or set FANFARE_API_KEY.");
  if (/^pk_/.test(apiKey)) {
    throw wrong("apiKey is a publishable key. Give a secret key (sk_live_… or sk_test_…).");
  }
  if (!/^[!-~]+$/.test(apiKey)) throw wrong("apiKey holds blanks or other odd characters.");
  return apiKey;
}

function checkedUrl(apiUrl: string | undefined): string {
  if (!apiUrl) throw wrong("Give apiUrl, or set FANFARE_API_URL, such as https://fanfare.example.");
  const url = URL.canParse(apiUrl) ? new URL(apiUrl) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.search || url.hash) {
    throw wrong("apiUrl is no address of a service. Give one such as https://fanfare.example.");
  }
  return url.href.replace(/\/+$/, "");
}

function checkedNumber(name: string, value: number, least: number): number {
  if (Number.isFinite(value) && value >= least) return value;
  throw wrong(`${name} must be a number, ${least} or more.`);
}

function wrong(message: string): FanfareError {
  return new FanfareError("INVALID_CONFIG", message);
}
