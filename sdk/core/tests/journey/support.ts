/** Launches of one sequence, and journeys through them. */
import type { Mechanism, SessionDetails } from "../../src/index.js";
import { type Distribution, distribution } from "./distributions.js";
import { does, inMemory, started, type World } from "./ground.js";
import { type Sequence, Service } from "./service.js";

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const START = Date.parse("2026-12-01T10:00:00Z");

type More = Parameters<typeof distribution>[1];

/** One distribution behind no gate. */
export function launch(kind: Mechanism, more: More = {}) {
  const it = distribution(kind, more);
  const service = new Service([{ id: "seq_1", priority: 0, has: [it] }]);
  return { it, service };
}

/** Sequences, the first of them the highest. */
export function launches(...sequences: Partial<Sequence>[]): Service {
  const priority = (at: number) => sequences.length - at;
  return new Service(
    sequences.map((each, at) => ({
      id: `seq_${at + 1}`,
      priority: priority(at),
      has: [],
      ...each,
    })),
  );
}

export async function begun(
  kind: Mechanism,
  more: More = {},
  session: SessionDetails | null = null,
) {
  const { it, service } = launch(kind, more);
  const world = await started(inMemory(service, session));
  return { it, service, world };
}

/** Started, and entered by this action. */
export async function taking(kind: Mechanism, name: string, args: unknown[] = [], more: More = {}) {
  const all = await begun(kind, more);
  await does(all.world, name, ...args);
  return all;
}

export function named(world: World): string[] {
  return world.journey.events$.get().map(({ type }) => type);
}

export type { Distribution };
