/** Stores in components. */
import type { Readable } from "@fanfare/sdk-core";
import { useCallback, useSyncExternalStore } from "react";

const nothing = () => undefined;

/** The store's value; `before` while there is no store, on a server, and in the first render after it. */
export function useReadable<Value>(store: Readable<Value> | null, before: Value): Value {
  const subscribe = useCallback(
    (changed: () => void) => store?.listen(() => changed()) ?? nothing,
    [store],
  );
  const now = () => (store ? store.get() : before);
  return useSyncExternalStore(subscribe, now, () => before);
}
