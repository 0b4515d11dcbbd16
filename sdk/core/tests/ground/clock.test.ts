import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeClock } from "../../src/ground/clock.js";

beforeEach(() => vi.useFakeTimers({ now: 1_000_000 }));

afterEach(() => {
  vi.useRealTimers();
});

const at = (milliseconds: number) => new Date(milliseconds).toISOString();

test("half of the round trip is taken off", () => {
  const clock = makeClock();

  clock.hear(at(1_000_000 + 60_000), 1_000_000 - 400, 1_000_000);

  expect(clock.now()).toBe(1_000_000 + 60_000 + 200);
});

test("a slower answer does not spoil a better measurement", () => {
  const clock = makeClock();
  clock.hear(at(1_005_000), 999_980, 1_000_000);

  clock.hear(at(1_005_000), 996_000, 1_000_000);

  expect(clock.offset$.get()).toBe(5_010);
});

test("a device whose clock was set is measured anew", () => {
  const clock = makeClock();
  clock.hear(at(1_000_000), 999_980, 1_000_000);

  clock.hear(at(5_000_000), 999_000, 1_000_000);

  expect(clock.offset$.get()).toBe(4_000_500);
});

test("a millisecond of rounding is no clock that was set", () => {
  const clock = makeClock();
  clock.hear(at(1_000_001), 1_000_000, 1_000_001);

  clock.hear(at(1_000_000), 1_000_000, 1_001_142);

  expect(clock.offset$.get()).toBe(1);
});

test("what is no time says nothing", () => {
  const clock = makeClock();

  for (const wrong of [undefined, null, 5, "soon"]) clock.hear(wrong, 1, 2);
  clock.hear(at(9_000_000), 1_000_000, 999_000);

  expect(clock.now()).toBe(1_000_000);
});

test("the clock is never further off than half of the fastest round trip", () => {
  const trip = fc.record({ there: fc.nat(5_000), back: fc.nat(5_000) });
  const property = fc.property(
    fc.integer({ min: -1e7, max: 1e7 }),
    fc.array(trip),
    (skew, trips) => {
      const clock = makeClock();
      let fastest = Number.POSITIVE_INFINITY;
      for (const { there, back } of trips) {
        const from = Date.now();
        clock.hear(at(from + there + skew), from, from + there + back);
        fastest = Math.min(fastest, (there + back) / 2);
        expect(Math.abs(clock.offset$.get() - skew)).toBeLessThanOrEqual(fastest + 1);
      }
    },
  );

  fc.assert(property);
});
