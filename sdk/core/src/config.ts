/** Checks what a page was set up with, and says in a sentence what is wrong with it. */
import { FanfareError } from "./errors.js";
import type { FanfareConfig } from "./sdk.js";

export interface Settled {
  readonly organizationId: string | null;
  readonly publishableKey: string;
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly fingerprint: string | null;
  readonly fetch: typeof globalThis.fetch;
}

/** Raises INVALID_CONFIG. */
export function checkConfig(config: FanfareConfig): Settled {
  const { organizationId, publishableKey, apiUrl, fingerprint } = config ?? {};
  if (typeof publishableKey === "string" && publishableKey.startsWith("sk_")) {
    throw invalid("publishableKey is a secret key. Keep it on your server.");
  }
  if (typeof publishableKey !== "string" || !/^pk_(live|test)_\w+$/.test(publishableKey)) {
    throw invalid("publishableKey must be a key that begins with pk_live_ or pk_test_.");
  }
  if (fingerprint !== undefined && !/^[\x21-\x7e]{8,128}$/.test(fingerprint)) {
    throw invalid("fingerprint must be 8 to 128 visible ASCII characters.");
  }
  return {
    organizationId: organizationId || null,
    publishableKey,
    apiUrl: address(apiUrl || environment() || origin(bundle)),
    fingerprint: fingerprint ?? null,
    fetch: async (...request) => (config.fetch ?? globalThis.fetch)(...request),
  };
}

export function invalid(message: string): FanfareError {
  return new FanfareError("INVALID_CONFIG", message);
}

// Read while the bundle is being run: a script of the older kind is known only then.
const bundle: string | undefined =
  (globalThis.document?.currentScript as { src?: string } | null | undefined)?.src ||
  import.meta.url;

function origin(url: string | undefined): string | undefined {
  return url && /^https?:/.test(url) ? new URL(url).origin : undefined;
}

function environment(): string | undefined {
  // Bundlers take a property of globalThis for a variable, which a page does not have.
  const process = Reflect.get(globalThis, "process") as
    | { env?: Record<string, string> }
    | undefined;
  return process?.env?.["FANFARE_API_URL"];
}

function address(url: string | undefined): string {
  if (!url) {
    throw invalid("Name Fanfare's address: apiUrl, or FANFARE_API_URL on a server.");
  }
  // A name or an address, perhaps a port, perhaps a path: nothing that two parsers read differently.
  if (!/^https?:\/\/([\w.-]+|\[[\da-f:]+\])(:\d+)?(\/[\w./~-]*)?$/i.test(url)) {
    throw invalid("apiUrl must be an address such as https://fanfare.example.");
  }
  return url.replace(/\/+$/, "");
}
