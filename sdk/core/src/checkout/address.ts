/** The checkout's address, filled in as the service does it. */
import { invalid } from "../config.js";

const HOLES =
  /\{(token|handle|consumerId|experienceId|productId|variantId|distributionType|distributionId|returnUrl)\}/g;
const APPENDED = ["token", "consumerId", "productId", "distributionType", "distributionId"];

export type Values = Readonly<Record<string, string | null | undefined>>;

/** Placeholders get their values; where there are none, the usual ones join the query. */
export function fill(template: string, values: Values): URL {
  const filled = template.replace(HOLES, (_, name: string) =>
    encodeURIComponent(values[name] ?? ""),
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
  const base = globalThis.location?.href;
  const url = URL.canParse(address, base) ? new URL(address, base) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalid("checkoutUrl must be the address of your checkout, beginning with https://.");
  }
  return url;
}
