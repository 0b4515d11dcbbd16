import { atom } from "nanostores";
import type { CreateJourney } from "../ground/ground.js";
import type { Journey, JourneyEvent, JourneySnapshot } from "./journey.js";
import type { JourneyView } from "./view.js";

/** A customer's way through one experience, not started yet. */
export const createJourney: CreateJourney = (ground, experienceId): Journey => {
  const start = () => ground.ensureSession().then(() => {});
  const view$ = atom<JourneyView>({ journeyStage: "ready", start });
  const snapshot$ = atom<JourneySnapshot>({
    view: view$.get(),
    experience: null,
    online: true,
    error: null,
    clockOffset: ground.clock.offset$.get(),
  });
  const events$ = atom<readonly JourneyEvent[]>([]);
  const latestEvent$ = atom<JourneyEvent | null>(null);
  return { experienceId, view$, snapshot$, events$, latestEvent$, start, refresh: start };
};
