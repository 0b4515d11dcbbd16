/** Journeys, of which only what is there before they start is loaded at once. */
import { atom } from "nanostores";
import type { FanfareError } from "../errors.js";
import type { CreateJourney } from "../ground/ground.js";
import { part } from "../ground/part.js";
import type { Journey, JourneyEvent, JourneySnapshot } from "./journey.js";
import type { Stores } from "./outlet.js";
import type { Running } from "./running.js";
import type { JourneyView } from "./view.js";

/** A customer's way through one experience, not started yet. */
export const createJourney: CreateJourney = (ground, experienceId, checkout): Journey => {
  const ready: JourneyView = { journeyStage: "ready", start: () => start() };
  const view$ = atom<JourneyView>(ready);
  const stores: Stores = {
    view$,
    snapshot$: atom<JourneySnapshot>({
      view: ready,
      experience: null,
      online: true,
      error: null,
      clockOffset: ground.clock.offset$.get(),
    }),
    events$: atom<readonly JourneyEvent[]>([]),
    latestEvent$: atom<JourneyEvent | null>(null),
  };
  const load = async () => {
    const { run } = await import("./running.js");
    return run(ground, experienceId, checkout, stores, start);
  };
  const failed = (error: FanfareError) => {
    view$.set(ready);
    stores.snapshot$.set({ ...stores.snapshot$.get(), view: ready, error });
  };
  const machine = part<Running>(load, failed, ground.signal);
  let running: Running | null = null;
  let started: Promise<void> | null = null;
  let forgo = () => {};

  function start(options?: { readonly accessCode?: string }): Promise<void> {
    if (started !== null) return started;
    const starting = begin(options?.accessCode);
    started = starting;
    // The caller hears of it; for everybody else it is in the snapshot.
    starting.catch(() => {
      started = null;
    });
    // Whoever wanted to start still does when the machine comes late.
    forgo();
    forgo = machine.whenThere(() => void start(options));
    return starting;
  }

  async function begin(accessCode: string | undefined): Promise<void> {
    view$.set({ journeyStage: "routing" });
    running ??= await machine.now();
    return running.start(accessCode);
  }

  const refresh = () => (started === null || running === null ? start() : running.refresh());
  return { experienceId, ...stores, start, refresh };
};
