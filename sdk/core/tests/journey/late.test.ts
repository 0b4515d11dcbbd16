/** Answers that come late: what is newer stays. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { SessionDetails } from "../../src/index.js";
import { GUEST } from "../support/people.js";
import { does, inMemory, pass, sequence, started } from "./ground.js";
import { admit } from "./rules.js";
import { launch, named, SECOND, START, taking } from "./support.js";

const OTHER: SessionDetails = { ...GUEST, consumerId: "cons_2", guestId: "cons_2" };

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

test("a status from before entering does not undo it, and is read again", async () => {
  const { service } = launch("queue", { tail: 50_000 });
  const world = await started(inMemory(service, GUEST));
  world.delay("/status", 10 * SECOND);
  world.wake();
  await pass(1_100);

  await does(world, "enter");
  const asked = service.asked("/status").length;
  await pass(12 * SECOND);

  expect(sequence(world, "participating").mechanism).toBe("queue");
  expect(service.asked("/status").length).toBe(asked + 1);
});

test("a status from before leaving everything does not undo that", async () => {
  const { it: auction, world } = await taking("auction", "bid", ["10.00"]);
  admit(auction);
  world.wake();
  await pass(2 * SECOND);
  world.delay("/status", 10 * SECOND);
  world.wake();
  await pass(1_100);

  await does(world, "release");
  const phase = world.journey.view$.get();
  await pass(12 * SECOND);

  expect(phase).toMatchObject({ sequence: { phase: "enterable" } });
  expect(sequence(world, "enterable").mechanism).toBe("auction");
});

test("somebody else is not shown what was asked for by who was here before", async () => {
  const { it: queue, service, world } = await taking("queue", "enter", [], { tail: 50_000 });
  world.delay("/status", 10 * SECOND);
  world.wake();
  await pass(1_100);
  const asked = service.asked("/status").length;

  queue.own = null;
  world.session$.set(OTHER);
  await pass(2 * SECOND);
  const soon = world.journey.view$.get();
  await pass(12 * SECOND);

  expect(soon).toMatchObject({ sequence: { phase: "enterable" } });
  expect(sequence(world, "enterable").mechanism).toBe("queue");
  expect(service.asked("/status").length).toBeGreaterThan(asked);
});

test("whoever becomes somebody else during a start never sees the place of who was here before", async () => {
  const { it: queue, service } = await taking("queue", "enter", [], { tail: 50_000 });
  const world = inMemory(service, GUEST);
  const phases = new Set<string>();
  world.journey.view$.listen((view) => {
    if (view.journeyStage === "routed") phases.add(view.sequence.phase);
  });
  world.delay("/status", 5 * SECOND);

  const starting = world.journey.start();
  await pass(SECOND);
  queue.own = null;
  world.session$.set(OTHER);
  world.delay("/route", 5 * SECOND);
  world.delay("/route", 5 * SECOND);
  await pass(4_500);
  world.wake();
  await pass(20 * SECOND);
  await starting;

  expect(sequence(world, "enterable").mechanism).toBe("queue");
  expect([...phases]).toEqual(["enterable"]);
});

test("what who was here before has entered is not the place of somebody else", async () => {
  const { it: queue, service } = launch("queue", { tail: 50_000 });
  const world = await started(inMemory(service, GUEST));
  world.delay("/enter", 10 * SECOND);

  const { enter } = sequence(world, "enterable") as { enter?(): Promise<void> };
  const entering = enter?.();
  await pass(SECOND);
  queue.own = null;
  world.session$.set(OTHER);
  await pass(12 * SECOND);
  await entering;

  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("an empty answer on the way is none: the place stays", async () => {
  const { service, world } = await taking("queue", "enter", [], { tail: 50_000 });
  service.empty("/status");
  world.wake();
  await pass(1_500);
  const phase = world.journey.view$.get();
  await pass(5 * SECOND);

  expect(phase).toMatchObject({ sequence: { phase: "participating" } });
  expect(sequence(world, "participating").mechanism).toBe("queue");
  expect(named(world)).not.toContain("left");
  expect(service.asked("/status")).toHaveLength(2);
});
