/** What the page tells: whether it is looked at, whether there is a network, whether it slept. */
import { atom } from "nanostores";
import type { Page, Timers } from "./ground.js";

const TICK = 5_000;
/** Browsers let the timers of hidden pages run once a minute. */
const HIDDEN_TICK = 65_000;

export function makePage(timers: Timers, life: AbortSignal): Page {
  const page = globalThis.document;
  const visible$ = atom(page?.visibilityState !== "hidden");
  const online$ = atom(globalThis.navigator?.onLine !== false);
  const naps = new Map<() => void, number>();
  let last = Date.now();
  let ticking = false;

  function look(slack = 0): void {
    const slept = Date.now() - last - slack;
    last = Date.now();
    for (const [callback, milliseconds] of naps) {
      if (slept > milliseconds && !life.aborted) {
        callback();
      }
    }
  }

  function tick(): void {
    ticking = naps.size > 0;
    if (ticking) {
      timers.after(TICK, () => {
        look(visible$.get() ? TICK : HIDDEN_TICK);
        tick();
      });
    }
  }

  const on = (
    target: Partial<EventTarget> | undefined,
    name: string,
    react: (event: Event) => void,
  ) => target?.addEventListener?.(name, react, { signal: life });
  on(page, "visibilitychange", () => {
    look(HIDDEN_TICK);
    visible$.set(page.visibilityState !== "hidden");
  });
  // Timers stand still in the browser's cache, and what was under way is lost, however short it was.
  on(globalThis, "pageshow", (event) =>
    look((event as PageTransitionEvent).persisted ? -Infinity : TICK),
  );
  on(globalThis, "online", () => online$.set(true));
  on(globalThis, "offline", () => online$.set(false));

  return {
    visible$,
    online$,
    onWake(milliseconds, callback) {
      const nap = () => callback();
      naps.set(nap, milliseconds);
      if (!ticking) {
        last = Date.now();
        tick();
      }
      return () => naps.delete(nap);
    },
  };
}
