import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makeTimers } from "../../src/ground/timers.js";

const DAY = 86_400_000;

let life: AbortController;
let timers: ReturnType<typeof makeTimers>;
const called = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  called.mockClear();
  life = new AbortController();
  timers = makeTimers(life.signal);
});

afterEach(() => {
  vi.useRealTimers();
});

test("a timer calls back once", () => {
  timers.after(1_000, called);

  vi.advanceTimersByTime(999);
  expect(called).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10_000);

  expect(called).toHaveBeenCalledTimes(1);
});

test("a cancelled timer does not call back", () => {
  const cancel = timers.after(1_000, called);

  cancel();
  vi.advanceTimersByTime(2_000);

  expect(called).not.toHaveBeenCalled();
});

test("nothing calls back once the SDK has ended, and nothing is left running", () => {
  timers.after(1_000, called);
  timers.after(40 * DAY, called);

  life.abort();
  timers.after(10, called);
  const left = vi.getTimerCount();
  vi.advanceTimersByTime(50 * DAY);

  expect(left).toBe(0);
  expect(called).not.toHaveBeenCalled();
});

test("a launch in forty days does not begin at once", () => {
  const cancelled = vi.fn();
  timers.after(40 * DAY, called);
  const cancel = timers.after(40 * DAY, cancelled);

  vi.advanceTimersByTime(30 * DAY);
  cancel();
  expect(called).not.toHaveBeenCalled();
  vi.advanceTimersByTime(10 * DAY);

  expect(called).toHaveBeenCalledTimes(1);
  expect(cancelled).not.toHaveBeenCalled();
});

test("a time that is past, or none, is now", () => {
  timers.after(-5, called);
  timers.after(Number.NaN, called);

  vi.advanceTimersByTime(1);

  expect(called).toHaveBeenCalledTimes(2);
});

test("jitter adds up to a tenth", () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  timers.afterJittered(1_000, called);

  vi.advanceTimersByTime(1_049);
  expect(called).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);

  expect(called).toHaveBeenCalledTimes(1);
});
