/** Stores that count down by the service's clock, and tick only while somebody listens. */
import { atom } from "nanostores";
import type { Ground } from "../ground/ground.js";
import { type Readable, whileHeard } from "../stores.js";
import type { Countdown } from "./view.js";

/** A role has one countdown at a time: the same object for as long as its moment stays. */
export type Countdowns = (role: string, until: number) => Readable<Countdown>;

export function countdowns(ground: Ground): Countdowns {
  const running = new Map<string, { until: number; left$: Readable<Countdown> }>();
  return (role, until) => {
    const known = running.get(role);
    if (known?.until === until) return known.left$;
    const left$ = countdown(ground, until);
    running.set(role, { until, left$ });
    return left$;
  };
}

function countdown({ clock, timers }: Ground, until: number): Readable<Countdown> {
  const left = () => Math.max(0, until - clock.now());
  const left$ = atom(split(left()));
  const look = () => {
    const fresh = split(left());
    if (second(fresh) !== second(left$.get())) left$.set(fresh);
  };
  const heard$ = whileHeard(left$, () => {
    let stop = () => {};
    const tick = () => {
      look();
      if (left() > 0) stop = timers.after(left() % 1_000 || 1_000, tick);
    };
    tick();
    return () => stop();
  });
  const get = () => {
    look();
    return left$.get();
  };
  return { ...heard$, get };
}

function second({ totalMs }: Countdown): number {
  return Math.ceil(totalMs / 1_000);
}

function split(totalMs: number): Countdown {
  const seconds = Math.ceil(totalMs / 1_000);
  return {
    totalMs,
    days: Math.floor(seconds / 86_400),
    hours: Math.floor(seconds / 3_600) % 24,
    minutes: Math.floor(seconds / 60) % 60,
    seconds: seconds % 60,
  };
}
