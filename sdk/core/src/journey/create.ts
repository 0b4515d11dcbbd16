/** Journeys. */
import { atom } from "nanostores";
import type { CreateJourney } from "../ground/ground.js";
import { countdowns } from "./countdowns.js";
import { handsOn, onceAtATime, wayHands } from "./hands.js";
import type { Journey } from "./journey.js";
import { Machine, type Post } from "./machine.js";
import { type Handler, Outlet } from "./outlet.js";
import { quiet } from "./retry.js";
import type { WaitlistOffer } from "./view.js";

/** A customer's way through one experience, not started yet. */
export const createJourney: CreateJourney = (ground, experienceId, checkout): Journey => {
  const machine = new Machine(ground, experienceId, () => outlet.publish());
  const once = onceAtATime();
  const way = wayHands(machine, () => outlet.view$.get(), once);
  const ticking = countdowns(ground);
  const never$ = atom(null);
  const known = new WeakMap<object, ReturnType<typeof handsOn>>();
  let started: Promise<void> | null = null;

  function start(options?: { readonly accessCode?: string }): Promise<void> {
    started ??= quiet(
      machine.start(options?.accessCode).catch((error: unknown) => {
        started = null;
        throw error;
      }),
    );
    return started;
  }

  const handler: Handler = {
    on({ follower }: Post) {
      const hands = known.get(follower) ?? handsOn(machine, follower, checkout);
      known.set(follower, hands);
      return hands;
    },
    hands() {
      const shown = machine.shown && handler.on(machine.shown);
      const { join, leave } = machine.aside ? handler.on(machine.aside).acts : {};
      const waitlist = { join, leave } as Pick<WaitlistOffer, "join" | "leave">;
      const none = { acts: {}, display$: never$, slots$: never$ };
      return { start, ...way, waitlist, countdowns: ticking, never$, ...(shown ?? none) };
    },
  };
  const outlet = new Outlet(machine, handler, ticking, () => start());
  const { view$, snapshot$, events$, latestEvent$ } = outlet;
  const refresh = () => (started === null ? start() : once("refresh", () => machine.readAll()));
  return { experienceId, view$, snapshot$, events$, latestEvent$, start, refresh };
};
