import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDistributions } from "../../src/distribution/create.js";
import "../../src/journey/follow.js";
import { inMemory, pass } from "../journey/ground.js";
import { admit } from "../journey/rules.js";
import { launch, MINUTE, SECOND, START } from "../journey/support.js";
import { GUEST } from "../support/people.js";

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

function known(more: object = {}) {
  const { it, service } = launch("queue", more);
  const { ground } = inMemory(service, GUEST);
  return { it, service, queue: createDistributions(ground).get("queue", "queue_1") };
}

async function entered(more: object = {}) {
  const all = known(more);
  const entering = all.queue.enter();
  await pass(SECOND);
  await entering;
  return all;
}

test("whoever listens to a queue reads its card, which tells the place", async () => {
  const { it, service, queue } = await entered({ tail: 5_000, rate: 60 });
  const stop = queue.state$.listen(() => undefined);
  await pass(SECOND);
  const asked = service.asked("/status").length;

  it.serving = 4_000;
  await pass(5 * MINUTE);

  expect(queue.state$.get().status).toMatchObject({ number: 5_001, position: 1_001 });
  expect(service.asked("/status")).toHaveLength(asked);
  stop();
});

test("whoever is admitted learns of it", async () => {
  const { it, queue } = await entered({ tail: 5 });
  const stop = queue.state$.listen(() => undefined);
  await pass(SECOND);

  admit(it);
  await pass(20 * SECOND);

  expect(queue.state$.get().status?.status).toBe("ADMITTED");
  stop();
});

test("nothing is read once nobody listens", async () => {
  const { service, queue } = await entered({ tail: 5 });
  const stop = queue.state$.listen(() => undefined);
  await pass(MINUTE);

  stop();
  await pass(SECOND);
  const before = service.calls.length;
  await pass(10 * MINUTE);

  expect(service.calls).toHaveLength(before);
});

test("who has not entered is not asked about again", async () => {
  const { service, queue } = known();
  const stop = queue.state$.listen(() => undefined);

  await pass(10 * MINUTE);

  expect(service.asked()).toEqual(["GET /queues/queue_1/status"]);
  stop();
});
