import fc from "fast-check";
import { expect, test } from "vitest";
import { ahead, band, called, pace, range, wait } from "../../src/journey/line.js";
import { plus } from "../../src/journey/money.js";
import type { LineCard } from "../../src/wire/index.js";

const card = (more: Partial<LineCard>): LineCard => ({
  queueId: "queue_1",
  version: 1,
  status: "OPEN",
  serverTime: "2026-12-01T10:00:00.000Z",
  serving: 0,
  tail: 0,
  waiting: 0,
  numbersServedPerMinute: 60,
  pollAfterMs: 1_000,
  presence: { upTo: 100, everyMs: 15_000 },
  marks: [],
  notice: null,
  ...more,
});

/** Numbers that wait, each with how many are before it. */
const line = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 })
  .map((numbers) => numbers.sort((one, other) => one - other));

test("where every number is marked each knows its place exactly", () => {
  fc.assert(
    fc.property(line, (numbers) => {
      const tail = numbers.at(-1) ?? 0;
      const marks = numbers.map((number, rank) => [number, rank]);
      const shown = card({ tail, waiting: numbers.length, marks });

      const places = numbers.map((number) => ahead(shown, number));

      expect(places).toEqual(numbers.map((_, rank) => rank));
      expect(numbers.some((number) => called(shown, number))).toBe(false);
    }),
  );
});

test("between two marks the place is on the line between them", () => {
  const shown = card({
    tail: 1_000,
    waiting: 500,
    marks: [
      [100, 0],
      [300, 100],
      [1_000, 499],
    ],
  });

  expect(ahead(shown, 200)).toBe(50);
  expect(ahead(shown, 50)).toBe(0);
});

test("whoever came after the card stands behind all that it counts", () => {
  const shown = card({
    tail: 1_000,
    waiting: 500,
    marks: [
      [100, 0],
      [1_000, 499],
    ],
  });

  expect(ahead(shown, 1_003)).toBe(502);
  expect(called(shown, 1_003)).toBe(false);
});

test("a card without marks tells no place", () => {
  const { marks: _, ...qualitative } = card({ tail: 10, waiting: 10 });

  expect(ahead(qualitative, 5)).toBeNull();
});

test("the wait is what the line's pace says, and unknown while it is paused or has no pace", () => {
  expect(wait(card({ tail: 600 }), 120)).toBe(120);
  expect(wait(card({ status: "PAUSED" }), 120)).toBeNull();
  expect(wait(card({ numbersServedPerMinute: null }), 120)).toBeNull();
  expect(wait(card({ numbersServedPerMinute: 1 }), 10_000)).toBeNull();
  expect(range(card({ tail: 600 }), 600)).toEqual({ low: 540, high: 660 });
});

test.each([
  [30, "next"],
  [400, "near"],
  [4_000, "far"],
])("number %i of a line that serves sixty a minute is %s", (number, expected) => {
  expect(band(card({ tail: 5_000 }), number)).toBe(expected);
});

test("the pace is the card's near the front, and half a minute far from it", () => {
  expect(pace(card({}), 5)).toBe(1_000);
  expect(pace(card({}), 200)).toBe(10_000);
  expect(pace(card({}), 100_000)).toBe(30_000);
  expect(pace(card({ pollAfterMs: 45_000 }), 5)).toBe(45_000);
});

test("amounts add up to the last decimal", () => {
  const cents = fc.bigInt({ min: 0n, max: 99_999_999_999_999n });
  const amount = (value: bigint) => `${value / 100n}.${String(value % 100n).padStart(2, "0")}`;

  fc.assert(
    fc.property(cents, cents, (one, other) => {
      expect(plus(amount(one), amount(other))).toBe(amount(one + other));
    }),
  );
  expect(plus("1000", "1")).toBe("1001");
});
