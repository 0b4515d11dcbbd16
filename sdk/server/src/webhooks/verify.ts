/** Telling our webhooks from everybody else's. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { FanfareError } from "../errors.js";
import type { WebhookEvent } from "./events.js";

/** A request's headers: those of `fetch`, or of `node:http`. */
export type WebhookHeaders =
  | { get(name: string): string | null }
  | Readonly<Record<string, string | readonly string[] | undefined>>;

export interface VerifyOptions {
  /** How many seconds old or early a webhook may be. Default: 300. */
  readonly toleranceSeconds?: number;
}

/**
 * Returns the event if one of the secrets has signed these very bytes, just now.
 *
 * `rawBody` is the body as it came, before anybody parsed it (else `INVALID_ARGUMENT`). Fails with
 * `INVALID_SIGNATURE` or `STALE_WEBHOOK`: answer 401 then. During a rotation give both secrets, or
 * either one.
 */
export function verifyWebhook(
  rawBody: string | Uint8Array,
  headers: WebhookHeaders,
  secret: string | readonly string[],
  { toleranceSeconds = 300 }: VerifyOptions = {},
): WebhookEvent {
  const body = bytes(rawBody);
  const id = header(headers, "webhook-id");
  const timestamp = header(headers, "webhook-timestamp");
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const keys = [secret].flat().map(key);
  const told = signatures(header(headers, "webhook-signature"));
  if (!keys.map((each) => isAmong(told, each, signed)).includes(true)) throw unsigned();
  const age = Math.abs(Date.now() / 1000 - Number(timestamp));
  if (!(age <= toleranceSeconds)) throw stale();
  return JSON.parse(body.toString("utf8"));
}

/** Nothing else: a Buffer of `{"length": 9e9}`, which anybody can post, would fill the memory. */
function bytes(rawBody: unknown): Buffer {
  if (typeof rawBody === "string") return Buffer.from(rawBody);
  if (ArrayBuffer.isView(rawBody)) {
    return Buffer.from(rawBody.buffer, rawBody.byteOffset, rawBody.byteLength);
  }
  const message = "Give the body as it came, as a string or bytes, before anybody parsed it.";
  throw new FanfareError("INVALID_ARGUMENT", message);
}

function header(headers: WebhookHeaders, name: string): string {
  const found = isFetched(headers) ? headers.get(name) : lookedUp(headers, name);
  const value = Array.isArray(found) ? found[0] : found;
  if (typeof value === "string" && value !== "") return value;
  throw unsigned();
}

function isFetched(headers: WebhookHeaders): headers is { get(name: string): string | null } {
  return typeof headers["get"] === "function";
}

function lookedUp(headers: Readonly<Record<string, unknown>>, name: string): unknown {
  const found = Object.keys(headers).find((each) => each.toLowerCase() === name);
  return found === undefined ? undefined : headers[found];
}

/** Standard Webhooks: `whsec_` and the key in base64. */
function key(secret: string): Buffer {
  const encoded = /^whsec_([A-Za-z0-9+/]{32,}={0,2})$/.exec(secret)?.[1];
  if (encoded) return Buffer.from(encoded, "base64");
  const message = "The webhook secret is none. Give the endpoint's secret, whsec_ included.";
  throw new FanfareError("INVALID_CONFIG", message);
}

function signatures(header: string): Buffer[] {
  const versioned = header.split(" ").filter((each) => each.startsWith("v1,"));
  return versioned.map((each) => Buffer.from(each.slice(3), "base64"));
}

/** Compares with each of them, in a time that does not tell which one fits, or how nearly. */
function isAmong(told: readonly Buffer[], key: Buffer, signed: Buffer): boolean {
  const expected = createHmac("sha256", key).update(signed).digest();
  const fits = told.map(
    (each) => each.length === expected.length && timingSafeEqual(each, expected),
  );
  return fits.includes(true);
}

function unsigned(): FanfareError {
  const message = "This is no webhook of ours, or not in its own bytes. Answer 401.";
  return new FanfareError("INVALID_SIGNATURE", message);
}

function stale(): FanfareError {
  const message = "The webhook is too old, or this clock is wrong. Answer 401.";
  return new FanfareError("STALE_WEBHOOK", message);
}
