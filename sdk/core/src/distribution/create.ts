/** Distributions by their ids. */
import type { Call, CreateDistributions } from "../ground/ground.js";
import type { Acts, Distribution, Entered } from "../journey/distribution.js";
import type { Mechanism } from "../journey/view.js";
import { Doorway } from "./doorway.js";

/** What `sdk.distributions` is. */
export const createDistributions: CreateDistributions = (ground) => {
  const known = new Map<string, unknown>();
  return {
    get<Kind extends Mechanism>(mechanism: Kind, distributionId: string): Distribution<Kind> {
      const key = `${mechanism} ${distributionId}`;
      const found =
        known.get(key) ??
        distribution(mechanism, distributionId, new Doorway(ground, mechanism, distributionId));
      known.set(key, found);
      return found as Distribution<Kind>;
    },
  };
};

function distribution<Kind extends Mechanism>(
  mechanism: Kind,
  distributionId: string,
  doorway: Doorway<Kind>,
): Distribution<Kind> {
  return {
    mechanism,
    distributionId,
    state$: doorway.state$,
    refresh: () => doorway.standing((desk) => desk.refresh()),
    ...ACTS[mechanism]((...call) => doorway.standing((desk) => desk.act(...call)), doorway.slots$),
  };
}

type Act = (method: Call["method"], name: string, body?: object) => Promise<void>;

const entered = (act: Act): Entered => ({
  enter: () => act("POST", "enter"),
  leave: () => act("POST", "leave"),
});

const ACTS: {
  readonly [Kind in Mechanism]: (act: Act, slots$: Doorway<Kind>["slots$"]) => Acts[Kind];
} = {
  queue: entered,
  draw: entered,
  timed_release: entered,
  waitlist: entered,
  auction: (act) => ({
    bid: (amount, options) => act("POST", "bid", { amount, ...options }),
  }),
  appointment: (act, slots$) => ({
    slots$,
    book: (slotId) => act("POST", "book", { slotId }),
    reschedule: (newSlotId) => act("POST", "reschedule", { newSlotId }),
    cancel: () => act("DELETE", "cancel"),
  }),
};
