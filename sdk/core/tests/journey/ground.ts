/** A ground in memory, on fake timers, in front of the model of the service. */
import { atom } from "nanostores";
import { vi } from "vitest";
import type { Call, Ground } from "../../src/ground/ground.js";
import { makeTimers } from "../../src/ground/timers.js";
import { FanfareError, type SessionDetails } from "../../src/index.js";
import { createJourney } from "../../src/journey/create.js";
// A journey loads it as it starts: here it is there before time stands still.
import "../../src/journey/running.js";
import { GUEST } from "../support/people.js";
import type { Service } from "./service.js";

export function inMemory(service: Service, session: SessionDetails | null = null) {
  const ending = new AbortController();
  const session$ = atom(session);
  const visible$ = atom(true);
  const online$ = atom(true);
  const offset$ = atom(0);
  const wakes = new Set<() => void>();
  const emitted: { event: string; of: unknown }[] = [];
  const send = async (call: Call) => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    if (ending.signal.aborted) throw new FanfareError("ABORTED", "Ended.");
    if (!online$.get()) {
      throw new FanfareError("NETWORK_ERROR", "Not reached.", { retryable: true });
    }
    const known = session$.get() !== null;
    const outcome = attempt(() => structuredClone(service.answer(call, known)));
    await late(call.path);
    return outcome();
  };
  const delays: { when: string; milliseconds: number }[] = [];
  const late = async (path: string) => {
    const at = delays.findIndex(({ when }) => path.includes(when));
    const [found] = at >= 0 ? delays.splice(at, 1) : [];
    if (found) await new Promise((resolve) => setTimeout(resolve, found.milliseconds));
  };
  /** The next answer about such a path is given at once, and arrives so much later. */
  const delay = (when: string, milliseconds: number) => void delays.push({ when, milliseconds });
  const ground: Ground = {
    calls: { send: send as Ground["calls"]["send"] },
    clock: { now: () => Date.now() + offset$.get(), offset$ },
    timers: makeTimers(ending.signal),
    page: {
      visible$,
      online$,
      onWake(_, callback) {
        wakes.add(callback);
        return () => wakes.delete(callback);
      },
    },
    async ensureSession() {
      session$.set(session$.get() ?? GUEST);
      return session$.get() ?? GUEST;
    },
    session$,
    emit: (event, of) => void emitted.push({ event, of }),
    signal: ending.signal,
  };
  const wake = () => {
    for (const each of [...wakes]) each();
  };
  const handed: unknown[] = [];
  const refusals: FanfareError[] = [];
  /** Handing over fails once. */
  const refuse = (error: FanfareError) => void refusals.push(error);
  const checkout = {
    async handoff(grant: unknown, options: unknown) {
      const refused = refusals.shift();
      if (refused) throw refused;
      handed.push([grant, options]);
      return { url: "https://shop.test/checkout", expiresAt: null };
    },
  };
  const journey = createJourney(ground, "exp_1", checkout as never);
  const destroy = () => ending.abort();
  return {
    ground,
    journey,
    session$,
    visible$,
    online$,
    offset$,
    wake,
    delay,
    refuse,
    emitted,
    handed,
    destroy,
    service,
  };
}

/** What came of it, for later. */
function attempt(work: () => unknown): () => unknown {
  try {
    const value = work();
    return () => value;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

export type World = ReturnType<typeof inMemory>;

/** Lets so much time pass, and all that it brings. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

export async function started(world: World): Promise<World> {
  const start = world.journey.start();
  await pass(2_000);
  await start;
  return world;
}

/** The sequence that is shown, in this phase; raises where it is in another. */
export function sequence<Phase extends string>(world: World, phase: Phase) {
  const view = world.journey.view$.get();
  if (view.journeyStage !== "routed") throw new Error(`The journey is ${view.journeyStage}.`);
  if (view.sequence.phase !== phase) throw new Error(`The sequence is ${view.sequence.phase}.`);
  return view.sequence as Extract<typeof view.sequence, { phase: Phase }>;
}

/** Does what the view offers by this name. */
export async function does(world: World, name: string, ...args: unknown[]): Promise<void> {
  const view = world.journey.view$.get();
  if (view.journeyStage !== "routed") throw new Error(`The journey is ${view.journeyStage}.`);
  const run = (view.sequence as unknown as Record<string, unknown>)[name];
  if (typeof run !== "function") throw new Error(`There is no ${name} in ${view.sequence.phase}.`);
  const done = run(...args);
  await pass(2_000);
  await done;
}
