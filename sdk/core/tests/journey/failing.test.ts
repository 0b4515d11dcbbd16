/** What goes wrong shows, for as long as it is so. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FanfareError } from "../../src/index.js";
import { does, inMemory, pass } from "./ground.js";
import { launch, SECOND, START, taking } from "./support.js";

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
