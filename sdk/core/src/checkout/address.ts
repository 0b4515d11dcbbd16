/** The checkout's address, filled in as the service does it. */
import { invalid } from "../config.js";

const APPENDED = ["token", "consumerId", "productId", "distributionType", "distributionId"];

/** By the placeholders' names; what has no value is left empty, or out. */
export type Values = Readonly<Record<string, string | null | undefined>>;

/** Placeholders get their values; where there are none, the usual ones join the query. */
export function fill(template: string, values: Values): URL {
  const filled = template.replace(/\{(\w+)\}/g, (hole, name: string) =>
    name in values ? encodeURIComponent(values[name] ?? "") : hole,
  );
  const url = resolve(filled);
  if (filled === template) {
    for (const name of APPENDED) {
      const value = values[name];
      if (value) {
        url.searchParams.set(name, value);
      }
    }
  }
  return url;
}

/** Raises INVALID_CONFIG for what is no address of a page. */
export function resolve(address: string): URL {
  try {
    const url = new URL(address, globalThis.location?.href);
    if (/^https?:$/.test(url.protocol)) {
      return url;
    }
  } catch {}
  throw invalid("checkoutUrl must be your checkout's address, beginning with https://.");
}
