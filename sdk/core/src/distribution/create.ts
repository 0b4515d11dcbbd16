/** Distributions by their ids. */
import type { CreateDistributions, Ground } from "../ground/ground.js";
import type { Acts, Distribution, Entered } from "../journey/distribution.js";
import type { Mechanism } from "../journey/view.js";
import { Desk } from "./desk.js";

/** What `sdk.distributions` is. */
export const createDistributions: CreateDistributions = (ground) => {
  const known = new Map<string, unknown>();
  return {
    get<Kind extends Mechanism>(mechanism: Kind, distributionId: string): Distribution<Kind> {
      const found = known.get(`${mechanism} ${distributionId}`);
      if (found) return found as Distribution<Kind>;
      const made = distribution(ground, mechanism, distributionId);
      known.set(`${mechanism} ${distributionId}`, made);
      return made;
    },
  };
};

function distribution<Kind extends Mechanism>(
  ground: Ground,
  mechanism: Kind,
  distributionId: string,
): Distribution<Kind> {
  const desk = new Desk(ground, mechanism, distributionId);
  return {
    mechanism,
    distributionId,
    state$: desk.state$,
    refresh: () => desk.refresh(),
    ...ACTS[mechanism](desk),
  };
}

const entered = (desk: Desk<Mechanism>): Entered => ({
  enter: () => desk.act("POST", "enter"),
  leave: () => desk.act("POST", "leave"),
});

const ACTS: { readonly [Kind in Mechanism]: (desk: Desk<Kind>) => Acts[Kind] } = {
  queue: entered,
  draw: entered,
  timed_release: entered,
  waitlist: entered,
  auction: (desk) => ({
    bid: (amount, options) => desk.act("POST", "bid", { amount, ...options }),
  }),
  appointment: (desk) => ({
    slots$: desk.slots$,
    book: (slotId) => desk.act("POST", "book", { slotId }),
    reschedule: (newSlotId) => desk.act("POST", "reschedule", { newSlotId }),
    cancel: () => desk.act("DELETE", "cancel"),
  }),
};
