/** Timers that end with the SDK. */
import type { Timers } from "./ground.js";

/** What `setTimeout` can count to; beyond, it calls back at once. */
const LONGEST = 2 ** 31 - 1;

export function makeTimers(life: AbortSignal): Timers {
  const running = new Set<ReturnType<typeof setTimeout>>();
  life.addEventListener("abort", () => running.forEach(clearTimeout), { once: true });

  function after(milliseconds: number, callback: () => void): () => void {
    if (life.aborted) {
      return () => {};
    }
    let left = Math.max(0, milliseconds);
    let timer: ReturnType<typeof setTimeout>;
    const next = () => {
      const step = Math.min(left, LONGEST);
      left -= step;
      timer = setTimeout(() => {
        running.delete(timer);
        left > 0 ? next() : callback();
      }, step);
      running.add(timer);
    };
    next();
    return () => {
      clearTimeout(timer);
      running.delete(timer);
    };
  }

  return {
    after,
    afterJittered: (milliseconds, callback) =>
      after(milliseconds * (1 + Math.random() / 10), callback),
  };
}
