import { initFanfare } from "@fanfare/sdk-core";
import { fakeFanfare } from "@fanfare/sdk-core/testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

beforeEach(() => void vi.useFakeTimers({ shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

test("whoever waits is let in", async () => {
  const fake = fakeFanfare({ mechanism: "queue", experience: { name: "Spring" } });
  const sdk = await initFanfare(fake.config);
  const journey = sdk.journeys.get(fake.experienceId);
  const sequence = () => {
    const view = journey.view$.get();
    return view.journeyStage === "routed" ? view.sequence : null;
  };

  await journey.start();
  const open = sequence();
  if (open?.mechanism === "queue" && open.phase === "enterable") await open.enter();
  expect(sequence()?.phase).toBe("participating");

  fake.admit();
  await vi.advanceTimersByTimeAsync(60_000); // The page asks again within a minute.
  expect(sequence()?.phase).toBe("granted");
  sdk.destroy();
});
