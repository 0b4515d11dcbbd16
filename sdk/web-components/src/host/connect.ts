/** One SDK for all widgets of a page that name the same organization. */
import { type FanfareConfig, type FanfareSdk, initFanfare } from "@fanfare/sdk-core";

interface Shared {
  readonly sdk: Promise<FanfareSdk>;
  users: number;
}

export interface Lease {
  readonly sdk: Promise<FanfareSdk>;
  /** Gives it back; the last one to do so ends the SDK, unless somebody comes back soon. */
  end(): void;
}

/** An element that is moved in the page leaves and comes back. */
const LINGER_MS = 5_000;

const shared = new Map<string, Shared>();

export function lease(config: FanfareConfig): Lease {
  const key = JSON.stringify([config.organizationId, config.publishableKey, config.apiUrl]);
  const found = shared.get(key) ?? { sdk: initFanfare(config), users: 0 };
  shared.set(key, found);
  found.users += 1;
  // What failed is tried anew by whoever asks next.
  found.sdk.catch(() => shared.get(key) === found && shared.delete(key));
  return { sdk: found.sdk, end: () => setTimeout(() => giveBack(key, found), LINGER_MS) };
}

function giveBack(key: string, found: Shared): void {
  found.users -= 1;
  if (found.users > 0) return;
  if (shared.get(key) === found) shared.delete(key);
  found.sdk.then(
    (sdk) => sdk.destroy(),
    () => {},
  );
}
