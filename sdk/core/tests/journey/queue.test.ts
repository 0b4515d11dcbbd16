import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GUEST } from "../support/people.js";
import { does, inMemory, pass, sequence, started, type World } from "./ground.js";
import { ADMISSION_MS, admit, complete, deny } from "./rules.js";
import { refusal } from "./service.js";
import { launch, MINUTE, named, SECOND, START, taking } from "./support.js";

interface Enters {
  enter(): Promise<void>;
}

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

test("a journey goes from ready through routing to what can be entered", async () => {
  const { service } = launch("queue");
  const world = inMemory(service);

  expect(world.journey.view$.get().journeyStage).toBe("ready");
  const start = world.journey.start();
  expect(world.journey.view$.get().journeyStage).toBe("routing");
  await pass(SECOND);
  await start;

  expect(sequence(world, "enterable").mechanism).toBe("queue");
  expect(named(world)).toEqual(["started", "routed"]);
});

test("looking makes no session", async () => {
  const { service } = launch("queue");

  const world = await started(inMemory(service));

  expect(world.session$.get()).toBeNull();
  expect(service.calls.every((each) => each.as !== "consumer")).toBe(true);
});

test("who enters waits, and sees their place on the line card", async () => {
  const { world } = await taking("queue", "enter", [], { serving: 100, tail: 300 });

  const display = sequence(world, "participating").display$.get();

  expect(display).toMatchObject({ number: 301, ahead: 200, inLobby: false, paused: false });
  expect(named(world)).toEqual(["started", "routed", "entered"]);
});

test("a double click is one call", async () => {
  const { service } = launch("queue");
  const world = await started(inMemory(service));
  const { enter } = sequence(world, "enterable") as Enters;

  const both = Promise.all([enter(), enter()]);
  await pass(SECOND);
  await both;

  expect(service.asked("/enter")).toHaveLength(1);
});

test("an action that is no longer valid rejects, and asks nothing", async () => {
  const { service } = launch("queue");
  const world = await started(inMemory(service));
  const { enter } = sequence(world, "enterable") as unknown as { enter(): Promise<void> };
  await does(world, "enter");

  await expect(enter()).rejects.toMatchObject({ code: "CONFLICT" });

  expect(service.asked("/enter")).toHaveLength(1);
});

test("an admission counts down, is handed over once, and ends by itself", async () => {
  const { it: queue, service, world } = await taking("queue", "enter", [], { tail: 5 });
  admit(queue);
  await pass(20 * SECOND);
  const { grant } = sequence(world, "granted");
  const left = grant.remaining$.get();
  await does(world, "checkout", { returnUrl: "https://shop.test/" });
  const before = service.asked("/status").length;

  await pass(ADMISSION_MS);

  expect(left.minutes).toBeLessThanOrEqual(15);
  expect(left.minutes).toBeGreaterThanOrEqual(13);
  expect(world.handed).toHaveLength(1);
  expect(sequence(world, "ended").outcome).toBe("expired");
  expect(sequence(world, "ended").enter).toBeTypeOf("function");
  expect(service.asked("/status").length - before).toBeLessThanOrEqual(17);
  expect(named(world).at(-1)).toBe("expired");
});

test("an order shows", async () => {
  const { it: queue, world } = await taking("queue", "enter", [], { tail: 5 });
  admit(queue);
  await pass(20 * SECOND);

  complete(queue);
  await pass(70 * SECOND);

  expect(sequence(world, "ended").outcome).toBe("completed");
  expect(sequence(world, "ended").enter).toBeUndefined();
});

test("who leaves may enter again, at the end", async () => {
  const { world } = await taking("queue", "enter", [], { tail: 5 });

  await does(world, "leave");
  expect(sequence(world, "ended").outcome).toBe("left");
  await does(world, "enter");

  expect(sequence(world, "participating").display$.get()).toMatchObject({ number: 7 });
});

test("an admission can be given back", async () => {
  const { it: queue, world } = await taking("queue", "enter", [], { tail: 5 });
  admit(queue);
  await pass(20 * SECOND);

  await does(world, "release");

  expect(sequence(world, "ended").outcome).toBe("left");
});

test.each([
  ["QUEUE_CLOSED", "closed"],
  ["NOT_SELECTED", "not_selected"],
  ["BOT_DETECTED", "denied"],
  ["Your own words", "denied"],
])("a denial for %s shows as %s", async (reason, outcome) => {
  const { it: queue, world } = await taking("queue", "enter", [], { tail: 5 });

  deny(queue, reason);
  await pass(40 * SECOND);

  const ended = sequence(world, "ended");
  expect(ended.outcome).toBe(outcome);
  expect(ended.enter).toBeUndefined();
});

test("what opens later shows when, and opens by the service's clock without a call", async () => {
  const { service } = launch("queue", { openAt: Date.now() + 10 * MINUTE });
  const world = await started(inMemory(service));
  const { startsAt, countdown$ } = sequence(world, "scheduled");

  expect(startsAt).toEqual(new Date("2026-12-01T10:10:00Z"));
  expect(countdown$.get()).toMatchObject({ minutes: 9 });
  await pass(10 * MINUTE - 2_000);
  const before = service.calls.length;
  await pass(10);

  expect(service.calls.length).toBe(before);
  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("a lobby can be entered before opening, and gives numbers at opening", async () => {
  const { it: queue, service } = launch("queue", {
    openAt: Date.now() + 10 * MINUTE,
    lobbyOpensAt: Date.now() - MINUTE,
    tail: 1_000,
  });
  const world = await started(inMemory(service));
  await does(world, "enter");
  expect(sequence(world, "participating").display$.get()).toMatchObject({ inLobby: true });

  if (queue.own) queue.own.number = 500;
  await pass(10 * MINUTE + 10 * SECOND);

  expect(sequence(world, "participating").display$.get()).toMatchObject({ number: 500 });
  expect(service.asked("/status").length).toBeLessThanOrEqual(2);
});

test("a limit is no error: entering goes on by itself", async () => {
  const { service } = launch("queue");
  const world = await started(inMemory(service));
  service.fail("/enter", refusal(429, "RATE_LIMITED", { retryAfter: 3 }), 2);

  const { enter } = sequence(world, "enterable") as unknown as { enter(): Promise<void> };
  const entering = enter();
  await pass(2 * SECOND);
  expect(sequence(world, "enterable").phase).toBe("enterable");
  await pass(20 * SECOND);
  await entering;

  expect(sequence(world, "participating").mechanism).toBe("queue");
  expect(world.journey.snapshot$.get().error).toBeNull();
});

test("who comes before the opening is refused at once, and may enter at the time that was named", async () => {
  const { service } = launch("queue");
  const world = await started(inMemory(service));
  const opensAt = new Date(Date.now() + 60 * MINUTE);
  service.fail("/enter", refusal(423, "NOT_OPEN_YET", { opensAt, retryAfter: 3_600 }));

  const early = does(world, "enter");
  await expect(early).rejects.toMatchObject({ code: "NOT_OPEN_YET", opensAt });
  expect(sequence(world, "scheduled").startsAt).toEqual(opensAt);
  const before = service.asked("GET /queues/queue_1").length;
  await pass(opensAt.getTime() - Date.now() + 22 * SECOND);

  expect(sequence(world, "enterable").mechanism).toBe("queue");
  expect(service.asked("GET /queues/queue_1").length).toBeGreaterThan(before);
  expect(service.asked("/enter")).toHaveLength(1);
  await does(world, "enter");
  expect(sequence(world, "participating").mechanism).toBe("queue");
});

test.each([
  ["entering", "/enter", (world: World) => sequence(world, "enterable") as Enters],
  ["looking again", "/route", (world: World) => ({ enter: () => world.journey.refresh() })],
])("%s waits for no longer than about a minute", async (_, path, by) => {
  const { service } = launch("queue");
  const world = await started(inMemory(service));
  service.fail(path, refusal(503, "SERVICE_UNAVAILABLE", { retryAfter: 59 }));
  service.fail(path, refusal(503, "SERVICE_UNAVAILABLE", { retryAfter: 3_600 }));

  const outcome = by(world)
    .enter()
    .catch((error: unknown) => error);
  await pass(72 * SECOND);

  expect(await outcome).toMatchObject({ retryable: true, retryAfter: 3_600 });
  expect(world.journey.snapshot$.get().error).toMatchObject({ retryAfter: 3_600 });
});

test("a poll rests for as long as the service asks for", async () => {
  const { service } = await taking("queue", "enter", [], { tail: 50_000 });
  service.fail("/line", refusal(503, "SERVICE_UNAVAILABLE", { retryAfter: 600 }));
  await pass(40 * SECOND);
  const before = service.asked("/line").length;

  await pass(9 * MINUTE);

  expect(service.asked("/line").length).toBe(before);
});

test("entering ends as soon as it is not on offer any more", async () => {
  const { it: queue, service } = launch("queue", { closeAt: Date.now() + 10 * SECOND });
  const world = await started(inMemory(service));
  service.fail("/enter", refusal(503, "SERVICE_UNAVAILABLE", { retryAfter: 50 }), 9);

  const { enter } = sequence(world, "enterable") as Enters;
  const outcome = enter().catch((error: unknown) => error);
  await pass(12 * SECOND);

  expect(await outcome).toMatchObject({ code: "SERVICE_UNAVAILABLE" });
  expect(sequence(world, "ended").outcome).toBe("closed");
  expect(world.journey.snapshot$.get().error).toBeNull();
  expect(queue.own).toBeNull();
});

test("a limit keeps a start in routing until it gets through", async () => {
  const { service } = launch("queue");
  service.fail("/route", refusal(429, "RATE_LIMITED", { retryAfter: 10 }));
  const world = inMemory(service);

  const start = world.journey.start();
  await pass(9 * SECOND);
  expect(world.journey.view$.get().journeyStage).toBe("routing");
  await pass(8 * SECOND);
  await start;

  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("what sold out meanwhile is refused, and not offered again", async () => {
  const { it: queue, service } = launch("queue");
  const world = await started(inMemory(service));
  queue.soldOut = true;

  await expect(does(world, "enter")).rejects.toMatchObject({ code: "SOLD_OUT" });
  await pass(10 * MINUTE);

  expect(sequence(world, "ended").outcome).toBe("sold_out");
  expect(sequence(world, "ended").enter).toBeUndefined();
});

test("what is full comes back when the service says that it may", async () => {
  const { it: queue, service } = launch("queue", { capacity: 10, others: 9 });
  const world = await started(inMemory(service));
  queue.others = 10;

  await expect(does(world, "enter")).rejects.toMatchObject({ code: "FULL" });
  expect(sequence(world, "unavailable").mechanism).toBe("queue");
  queue.others = 5;
  await pass(11 * MINUTE);

  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("a reload finds the place again, by the session", async () => {
  const { service } = await taking("queue", "enter", [], { tail: 50_000 });

  const again = await started(inMemory(service, GUEST));

  expect(sequence(again, "participating").display$.get()).toMatchObject({ number: 50_001 });
  expect(service.asked("/enter")).toHaveLength(1);
});

test("a reload tells how it ended", async () => {
  const { it: queue, service } = await taking("queue", "enter");
  admit(queue);
  complete(queue);

  const again = await started(inMemory(service, GUEST));

  expect(sequence(again, "ended").outcome).toBe("completed");
});

test("an unknown experience goes back to ready, and says so", async () => {
  const { service } = launch("queue");
  service.fail("/experiences/exp_1", refusal(404, "EXPERIENCE_NOT_FOUND"), 2);
  const world = inMemory(service);

  const start = world.journey.start();
  await pass(SECOND);

  await expect(start).rejects.toMatchObject({ code: "EXPERIENCE_NOT_FOUND" });
  expect(world.journey.view$.get().journeyStage).toBe("ready");
  expect(world.journey.snapshot$.get().error?.code).toBe("EXPERIENCE_NOT_FOUND");
});

test("by the service's clock: a device that is an hour off sees the same countdown", async () => {
  const { service } = launch("queue", { openAt: Date.now() + 90 * MINUTE });
  const world = inMemory(service);
  world.offset$.set(60 * MINUTE);

  await started(world);

  const { countdown$ } = sequence(world, "scheduled");
  expect(countdown$.get()).toMatchObject({ hours: 0, minutes: 29 });
});
