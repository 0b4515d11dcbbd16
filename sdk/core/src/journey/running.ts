/** A journey that has started: loaded then, for most pages are looked at and left. */
import { atom } from "nanostores";
import type { Ground } from "../ground/ground.js";
import type { Checkout } from "../sdk.js";
import { countdowns } from "./countdowns.js";
import { handsOn, onceAtATime, wayHands } from "./hands.js";
import type { Journey } from "./journey.js";
import { Machine } from "./machine.js";
import { type Handler, Outlet, type Stores } from "./outlet.js";
import type { Post } from "./posts.js";
import type { WaitlistOffer } from "./view.js";

export interface Running {
  start(accessCode: string | undefined): Promise<void>;
  refresh(): Promise<void>;
}

export function run(
  ground: Ground,
  experienceId: string,
  checkout: Checkout,
  stores: Stores,
  start: Journey["start"],
): Running {
  const machine = new Machine(ground, experienceId, () => outlet.publish());
  const once = onceAtATime();
  const way = wayHands(machine, () => stores.view$.get(), once);
  const ticking = countdowns(ground);
  const never$ = atom(null);
  const known = new WeakMap<object, ReturnType<typeof handsOn>>();
  const handler: Handler = {
    on({ follower }: Post) {
      const hands = known.get(follower) ?? handsOn(machine, follower, checkout);
      known.set(follower, hands);
      return hands;
    },
    hands() {
      const shown = machine.posts.shown && handler.on(machine.posts.shown);
      const { join, leave } = machine.posts.aside ? handler.on(machine.posts.aside).acts : {};
      const waitlist = { join, leave } as Pick<WaitlistOffer, "join" | "leave">;
      const none = { acts: {}, display$: never$, slots$: never$ };
      return {
        start: () => start(),
        ...way,
        waitlist,
        countdowns: ticking,
        never$,
        ...(shown ?? none),
      };
    },
  };
  const outlet = new Outlet(machine, stores, handler, ticking);
  return {
    start(accessCode) {
      outlet.tell({ type: "started" });
      return machine.start(accessCode);
    },
    refresh: () =>
      once("refresh", () => {
        machine.posts.shown?.follower.learn({ refused: null });
        return machine.readAll();
      }),
  };
}
