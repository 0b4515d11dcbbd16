/** Journeys, of which only what is there before they start is loaded at once. */
import { atom } from "nanostores";
import { unreachable } from "../ground/answers.js";
import type { CreateJourney } from "../ground/ground.js";
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
  let running: Running | null = null;
  let started: Promise<void> | null = null;

  function start(options?: { readonly accessCode?: string }): Promise<void> {
    if (started !== null) return started;
    const starting = begin(options?.accessCode);
    started = starting;
    // The caller hears of it; for everybody else it is in the snapshot.
    starting.catch(() => {
      started = null;
    });
    return starting;
  }

  async function begin(accessCode: string | undefined): Promise<void> {
    view$.set({ journeyStage: "routing" });
    running ??= await load();
    return running.start(accessCode);
  }

  async function load(): Promise<Running> {
    try {
      const { run } = await import("./running.js");
      return run(ground, experienceId, checkout, stores, start);
    } catch (cause) {
      const error = unreachable(0, cause);
      view$.set(ready);
      stores.snapshot$.set({ ...stores.snapshot$.get(), view: ready, error });
      throw error;
    }
  }

  const refresh = () => (started === null || running === null ? start() : running.refresh());
  return { experienceId, ...stores, start, refresh };
};
