import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Distribution } from "./distributions.js";
import { inMemory, pass, sequence, type World } from "./ground.js";
import { admit, deny } from "./rules.js";
import { launch, MINUTE, named, SECOND, START, taking } from "./support.js";

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

test("far from the front only the card is read", async () => {
  const { service } = await taking("queue", "enter", [], { tail: 50_000, rate: 60 });
  const before = service.calls.length;

  await pass(10 * MINUTE);

  const since = service.calls.slice(before);
  expect(since.every(({ path, as }) => path.endsWith("/line") && as === "nobody")).toBe(true);
  expect(since.length).toBeGreaterThanOrEqual(18);
  expect(since.length).toBeLessThanOrEqual(21);
});

test("near the front there are signs of life, in a hidden tab too", async () => {
  const { service, world } = await taking("queue", "enter", [], {
    tail: 50,
    upTo: 100,
    everyMs: 15_000,
  });
  world.visible$.set(false);
  await pass(MINUTE);
  const before = service.asked("/status").length;

  await pass(2 * MINUTE);

  const signs = service.asked("/status").length - before;
  expect(signs).toBeGreaterThanOrEqual(7);
  expect(signs).toBeLessThanOrEqual(8);
});

test("a shorter interval brings the next sign forward", async () => {
  const { it: queue, service } = await taking("queue", "enter", [], {
    tail: 50,
    everyMs: 10 * MINUTE,
  });
  await pass(2 * MINUTE);
  expect(service.asked("/status")).toHaveLength(0);

  queue.everyMs = 15 * SECOND;
  await pass(15 * SECOND);

  expect(service.asked("/status")).toHaveLength(1);
});

test("a hidden tab far away hardly reads the card", async () => {
  const { service, world } = await taking("queue", "enter", [], { tail: 50_000, rate: 60 });
  world.visible$.set(false);
  await pass(SECOND);
  const before = service.calls.length;

  await pass(30 * MINUTE);

  expect(service.calls.length - before).toBeLessThanOrEqual(4);
});

test("a tab that comes back after more than a minute asks where it stands", async () => {
  const { service, world } = await taking("queue", "enter", [], { tail: 50_000, rate: 60 });
  world.visible$.set(false);
  await pass(5 * MINUTE);
  const before = service.asked("/status").length;

  world.visible$.set(true);
  await pass(2 * SECOND);

  expect(service.asked("/status").length - before).toBe(1);
});

test("a tab that was away for a moment asks nothing", async () => {
  const { service, world } = await taking("queue", "enter", [], { tail: 50_000, rate: 60 });
  world.visible$.set(false);
  await pass(20 * SECOND);

  world.visible$.set(true);
  await pass(5 * SECOND);

  expect(service.asked("/status")).toHaveLength(0);
});

test("a clock that was far ahead and is set right does not stop the reading", async () => {
  const { it: queue, service, world } = await taking("queue", "enter", [], { tail: 50_000 });
  world.offset$.set(90 * MINUTE);
  await pass(MINUTE);
  const before = service.calls.length;

  world.offset$.set(0);
  admit(queue);
  await pass(5 * SECOND);

  expect(service.calls.length - before).toBeLessThanOrEqual(6);
  expect(sequence(world, "granted").grant.admissionId).toBe("adm_1");
});

test("a laptop that wakes reads anew", async () => {
  const { service, world } = await taking("queue", "enter", [], { tail: 50_000, rate: 60 });

  world.wake();
  await pass(2 * SECOND);

  expect(service.asked("/status")).toHaveLength(1);
});

test("when the card has passed the number its owner asks, and is admitted", async () => {
  const { it: queue, world } = await taking("queue", "enter", [], {
    tail: 5_000,
    serving: 4_000,
    upTo: 0,
    rate: 6_000,
  });

  admit(queue);
  await pass(40 * SECOND);

  const { grant } = sequence(world, "granted");
  expect(grant.admissionId).toBe("adm_1");
  expect(grant.token).not.toBe("");
  expect(named(world).at(-1)).toBe("admitted");
});

test("after a sell-out everybody asks once", async () => {
  const {
    it: queue,
    service,
    world,
  } = await taking("queue", "enter", [], { tail: 50_000, rate: 600 });
  queue.waitingOf = () => [];
  deny(queue, "SOLD_OUT");

  await pass(90 * SECOND);

  expect(sequence(world, "ended").outcome).toBe("sold_out");
  expect(service.asked("/status")).toHaveLength(1);
});

test("being offline shows as such, and the place is still there afterwards", async () => {
  const { world } = await taking("queue", "enter", [], { tail: 50_000, rate: 60 });

  world.online$.set(false);
  await pass(2 * MINUTE);
  const { online, error, view } = world.journey.snapshot$.get();
  world.online$.set(true);
  await pass(5 * SECOND);

  expect({ online, error }).toEqual({ online: false, error: null });
  expect(view.journeyStage).toBe("routed");
  expect(world.journey.snapshot$.get().online).toBe(true);
  expect(named(world)).toEqual(["started", "routed", "entered", "offline", "online"]);
});

test("nothing calls after the end", async () => {
  const { service, world } = await taking("queue", "enter", [], { tail: 50 });

  world.destroy();
  await pass(100);
  const before = service.calls.length;
  await pass(10 * MINUTE);

  expect(service.calls.length).toBe(before);
});

test("a qualitative queue tells no places, but a band", async () => {
  const { world } = await taking("queue", "enter", [], {
    tail: 5_000,
    qualitative: true,
    rate: 60,
  });
  await pass(5 * SECOND);

  const display = sequence(world, "participating").display$.get();

  expect(display).toMatchObject({ ahead: null, band: "far" });
});

test("a paused queue says so", async () => {
  const { it: queue, world } = await taking("queue", "enter", [], { tail: 5_000, rate: 60 });

  queue.state = "paused";
  await pass(40 * SECOND);

  expect(sequence(world, "participating").display$.get()).toMatchObject({
    paused: true,
    estimatedWait: null,
  });
});

/** A line that has thinned out to its first and to oneself. */
const few = ({ own }: Distribution) => [1, own?.number ?? 2];

test("200 browsers far from the front leave the origin alone", async () => {
  const worlds = await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      inMemory(launch("queue", { tail: 1_000 + 10 * at, rate: 6, waitingOf: few }).service),
    ),
  );
  for (const each of worlds) void each.journey.start();
  await pass(5 * SECOND);
  for (const each of worlds) void enters(each);
  await pass(MINUTE);
  for (const { service } of worlds) service.calls.length = 0;

  // Every tab is left alone for ten minutes of each twenty.
  for (const at of [1, 2, 3, 4, 5, 6]) {
    for (const { visible$ } of worlds) visible$.set(at % 2 === 0);
    await pass(10 * MINUTE);
  }

  const calls = worlds.flatMap(({ service }) => service.calls);
  const cards = calls.filter(({ path }) => path.endsWith("/line"));
  const each = (calls.length - cards.length) / worlds.length / 3_600;
  expect(each).toBeLessThanOrEqual(0.02);
  expect(cards.every(({ as }) => as === "nobody")).toBe(true);
  expect(cards.length / worlds.length / 3_600).toBeLessThanOrEqual(1 / 30);
}, 60_000);

function enters(world: World): Promise<void> {
  const view = world.journey.view$.get();
  if (view.journeyStage !== "routed") throw new Error(view.journeyStage);
  const { sequence } = view;
  if (sequence.mechanism !== "queue" || sequence.phase !== "enterable") {
    throw new Error(sequence.phase);
  }
  return sequence.enter();
}
