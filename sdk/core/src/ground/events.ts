/** Who listens to what, until the SDK ends. */
import type { FanfareEvents, FanfareSdk } from "../sdk.js";
import type { Ground } from "./ground.js";

export interface Events {
  readonly on: FanfareSdk["on"];
  readonly emit: Ground["emit"];
}

export function makeEvents(life: AbortSignal): Events {
  const listeners = new Map<string, Set<(of: never) => void>>();
  return {
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener));
      return () => all.delete(listener);
    },
    emit<Name extends keyof FanfareEvents>(event: Name, of: FanfareEvents[Name]) {
      for (const listener of [...(listeners.get(event) ?? [])]) {
        if (!life.aborted) {
          report(() => (listener as (of: FanfareEvents[Name]) => void)(of));
        }
      }
    },
  };
}

/** A page's own mistake goes where its mistakes go, and stops nothing of ours. */
export function report(call: () => void): void {
  try {
    call();
  } catch (error) {
    globalThis.reportError?.(error);
  }
}
