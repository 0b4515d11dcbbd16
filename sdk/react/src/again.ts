/** Trying again what nobody should have to ask for. */
import type { FanfareError } from "@fanfare/sdk-core";

/** After the SDK itself has given up. Thousands were refused at the same moment. */
const PAUSE_S = 30;
const SPREAD_S = 15;

/**
 * Has it done once: in a while, or as soon as the page is online again or looked at again. Returns
 * what gives it up.
 */
export function later({ retryAfter }: FanfareError, work: () => void): () => void {
  const ending = new AbortController();
  const stop = () => {
    clearTimeout(timer);
    ending.abort();
  };
  const now = (event?: Event) => {
    if (event?.type === "visibilitychange" && document.hidden) return;
    stop();
    work();
  };
  const seconds = Math.max(PAUSE_S, retryAfter ?? 0) + Math.random() * SPREAD_S;
  const timer = setTimeout(now, seconds * 1000);
  globalThis.addEventListener?.("online", now, ending);
  globalThis.document?.addEventListener("visibilitychange", now, ending);
  return stop;
}
