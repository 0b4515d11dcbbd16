/** An appointment's slots, read while somebody looks at them. */
import { atom } from "nanostores";
import type { Ground } from "../ground/ground.js";
import { type Readable, whileHeard } from "../stores.js";
import type { Slot } from "../wire/index.js";
import type { Hears } from "./follow.js";
import { pathOf } from "./reads.js";
import { asFanfareError } from "./retry.js";
import type { SlotsState } from "./view.js";

const PACE = 30_000;

export interface Slots {
  readonly slots$: Readable<SlotsState>;
  /** Reads them again, if somebody looks. */
  again(): void;
}

export function slotsOf(ground: Ground, appointmentId: string, hears: Hears): Slots {
  const { calls, page, signal, timers } = ground;
  const state$ = atom<SlotsState>({ slots: null });
  const path = `${pathOf("appointment", appointmentId)}/slots`;
  let heard = false;
  let cancel = () => {};

  async function read(): Promise<void> {
    try {
      const { data } = await calls.send<{ data: Slot[] }>({
        method: "GET",
        path,
        as: "key",
      });
      state$.set({ slots: data });
      hears.answered("slots");
    } catch (thrown) {
      hears.failed(asFanfareError(thrown), "slots");
    }
  }

  function again(): void {
    cancel();
    if (!heard || signal.aborted) return;
    cancel = timers.afterJittered(PACE, again);
    if (page.visible$.get()) void read();
  }

  const slots$ = whileHeard(state$, () => {
    heard = true;
    again();
    const stop = page.visible$.listen(again);
    return () => {
      heard = false;
      stop();
      cancel();
    };
  });
  return { slots$, again };
}
