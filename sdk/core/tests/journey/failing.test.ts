/** What goes wrong shows, for as long as it is so. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FanfareError } from "../../src/index.js";
import { does, inMemory, pass, started } from "./ground.js";
import { admit } from "./rules.js";
import { refusal } from "./service.js";
import { launch, MINUTE, SECOND, START, taking } from "./support.js";

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

test("a start that nothing will repeat goes back to ready, and says why", async () => {
  const { service } = launch("queue");
  service.fail("/route", new FanfareError("NETWORK_ERROR", "This page has broken it."));
  const world = inMemory(service);

  const outcome = world.journey.start().catch((error: unknown) => error);
  await pass(2 * SECOND);

  const { view, error } = world.journey.snapshot$.get();
  expect(view.journeyStage).toBe("ready");
  expect(error).toMatchObject({ code: "NETWORK_ERROR" });
  expect(await outcome).toBe(error);
});

test("an object that is no experience is asked for again, and shows nothing", async () => {
  const { service } = launch("queue");
  const world = await started(inMemory(service));
  const { view } = world.journey.snapshot$.get();
  service.fail("experiences/exp_1", null);

  const refreshed = world.journey.refresh();
  await pass(500);
  const meanwhile = world.journey.snapshot$.get();
  await pass(5 * SECOND);
  await refreshed;
  await pass(5 * MINUTE);

  expect(meanwhile).toMatchObject({ view, online: false });
  expect(world.journey.snapshot$.get()).toMatchObject({ view, online: true, error: null });
});

test("a bid that got lost says so until something answers", async () => {
  const { world } = await taking("auction", "bid", ["10.00"]);
  world.online$.set(false);

  await expect(does(world, "bid", "20.00")).rejects.toMatchObject({ code: "NETWORK_ERROR" });
  const lost = world.journey.snapshot$.get();
  world.online$.set(true);
  await pass(5 * SECOND);

  expect(lost).toMatchObject({ online: false, error: { code: "NETWORK_ERROR" } });
  expect(world.journey.snapshot$.get()).toMatchObject({ online: true, error: null });
});

test("looking again that failed for good says so", async () => {
  const { service, world } = await taking("queue", "enter", [], { tail: 50_000 });
  service.fail("/route", new FanfareError("NOT_FOUND", "A sentence.", { status: 404 }));

  const outcome = world.journey.refresh().catch((error: unknown) => error);
  await pass(2 * SECOND);
  const { error } = world.journey.snapshot$.get();
  const again = world.journey.refresh();
  await pass(2 * SECOND);
  await again;

  expect(await outcome).toBe(error);
  expect(error).toMatchObject({ code: "NOT_FOUND" });
  expect(world.journey.snapshot$.get().error).toBeNull();
});

test.each(["/line", "/status"])("an error of %s is gone with its next answer", async (path) => {
  const { service, world } = await taking("queue", "enter", [], { tail: 50, everyMs: 15_000 });
  service.fail(path, refusal(404, "NOT_FOUND"));

  await pass(MINUTE);
  const { error } = world.journey.snapshot$.get();
  await pass(2 * MINUTE);

  expect(error).toMatchObject({ code: "NOT_FOUND" });
  expect(world.journey.snapshot$.get().error).toBeNull();
});

test("an error of the card is gone once somebody is let in, who reads no more of it", async () => {
  const { it: queue, service, world } = await taking("queue", "enter", [], { tail: 50_000 });
  service.fail("/line", refusal(404, "NOT_FOUND"));
  await pass(40 * SECOND);
  const { error } = world.journey.snapshot$.get();

  admit(queue);
  world.wake();
  await pass(2 * SECOND);

  expect(error).toMatchObject({ code: "NOT_FOUND" });
  expect(world.journey.snapshot$.get().error).toBeNull();
});

test("what an action was refused stays until one gets through, whatever is read meanwhile", async () => {
  const { it: queue, service } = launch("queue", { capacity: 10, others: 9 });
  const world = await started(inMemory(service));
  queue.others = 10;

  await expect(does(world, "enter")).rejects.toMatchObject({ code: "FULL" });
  queue.others = 5;
  await pass(11 * MINUTE);
  const { error } = world.journey.snapshot$.get();
  await does(world, "enter");

  expect(error).toMatchObject({ code: "FULL" });
  expect(world.journey.snapshot$.get().error).toBeNull();
});

test("a checkout that works at the second try leaves no error behind", async () => {
  const { it: queue, world } = await taking("queue", "enter", [], { tail: 5 });
  admit(queue);
  await pass(20 * SECOND);
  world.refuse(refusal(409, "CONFLICT"));

  await expect(does(world, "checkout")).rejects.toMatchObject({ code: "CONFLICT" });
  const { error } = world.journey.snapshot$.get();
  await does(world, "checkout");

  expect(error).toMatchObject({ code: "CONFLICT" });
  expect(world.journey.snapshot$.get().error).toBeNull();
});

test.each([
  ["entering", "/enter", "enter"],
  ["starting", "/route", "start"],
])("%s is given up with the SDK, also between two tries", async (_, path, name) => {
  const { service } = launch("queue");
  const world = inMemory(service);
  if (name === "enter") await started(world);
  service.fail(path, refusal(503, "SERVICE_UNAVAILABLE", { retryAfter: 30 }));

  const doing = name === "enter" ? does(world, name) : world.journey.start();
  const outcome = doing.catch((error: unknown) => error);
  await pass(SECOND);
  world.destroy();
  await pass(SECOND);

  expect(await outcome).toMatchObject({ code: "ABORTED", retryable: false });
});
