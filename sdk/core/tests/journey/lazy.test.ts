import { afterEach, expect, test, vi } from "vitest";
import type { FanfareError } from "../../src/index.js";
import { createJourney } from "../../src/journey/create.js";
import { distribution } from "./distributions.js";
import { inMemory } from "./ground.js";
import { Service } from "./service.js";

afterEach(() => {
  vi.doUnmock("../../src/journey/running.js");
});

function offered() {
  const queue = distribution("queue");
  const service = new Service([{ id: "seq_1", priority: 0, has: [queue] }]);
  const { ground, destroy } = inMemory(service);
  return { journey: createJourney(ground, "exp_1", {} as never), service, destroy };
}

test("a journey that was not started asks nothing, and offers to start", () => {
  const { journey, service } = offered();

  expect(journey.view$.get().journeyStage).toBe("ready");
  expect(journey.snapshot$.get().view).toBe(journey.view$.get());
  expect(service.calls).toEqual([]);
});

test("a journey is on its way from the first moment, and shows what its machine shows", async () => {
  const { journey, destroy } = offered();
  const stages: string[] = [];
  journey.view$.listen(({ journeyStage }) => void stages.push(journeyStage));

  const started = journey.start();
  const atOnce = journey.view$.get().journeyStage;
  await started;

  expect(atOnce).toBe("routing");
  expect(stages.at(-1)).toBe("routed");
  expect(journey.snapshot$.get().view).toBe(journey.view$.get());
  expect(journey.events$.get().map(({ type }) => type)).toContain("routed");
  expect(journey.latestEvent$.get()).toBe(journey.events$.get().at(-1));
  destroy();
});

test("a machine that cannot be loaded is an error, and may be tried again", async () => {
  vi.doMock("../../src/journey/running.js", () => {
    throw new Error("offline");
  });
  const { journey, destroy } = offered();

  const failure: FanfareError = await journey.start().catch((error) => error);
  const shown = journey.snapshot$.get();
  vi.doUnmock("../../src/journey/running.js");
  await journey.start();

  expect(failure).toMatchObject({ code: "NETWORK_ERROR", retryable: true });
  expect(shown.error).toBe(failure);
  expect(shown.view.journeyStage).toBe("ready");
  expect(journey.view$.get().journeyStage).toBe("routed");
  destroy();
});

test("a journey whose machine comes late starts by itself, with its code", async () => {
  vi.doMock("../../src/journey/running.js", () => {
    throw new Error("offline");
  });
  const { journey, service, destroy } = offered();
  await journey.start({ accessCode: "SPRING" }).catch(() => undefined);

  vi.doUnmock("../../src/journey/running.js");
  globalThis.dispatchEvent(new Event("online"));

  await vi.waitFor(() => expect(journey.view$.get().journeyStage).toBe("routed"));
  expect(journey.snapshot$.get().error).toBeNull();
  expect(service.calls.find(({ path }) => path.endsWith("/route"))?.body).toEqual({
    accessCode: "SPRING",
  });
  destroy();
});
