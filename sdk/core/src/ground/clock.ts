/** The service's time, as well as it can be known from its answers. */
import { atom } from "nanostores";
import type { Clock } from "./ground.js";

/** Hears a `serverTime`, and when its call went out and came back by this device's clock. */
export type Listener = (serverTime: unknown, from: number, until: number) => void;

export function makeClock(): Clock & { readonly hear: Listener } {
  const offset$ = atom(0);
  let doubt = Number.POSITIVE_INFINITY;
  return {
    offset$,
    now: () => Date.now() + offset$.get(),
    hear(serverTime, from, until) {
      const told = typeof serverTime === "string" ? Date.parse(serverTime) : Number.NaN;
      const half = (until - from) / 2;
      if (Number.isNaN(told) || half < 0) {
        return;
      }
      const offset = Math.round(told + half - until);
      // A better measurement, or one that this cannot be true beside, but for a millisecond of
      // rounding: the device's clock was set.
      if (half < doubt || Math.abs(offset - offset$.get()) > half + doubt + 1) {
        doubt = half;
        offset$.set(offset);
      }
    },
  };
}
