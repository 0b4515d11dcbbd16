import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { makePage } from "../../src/ground/page.js";
import { makeTimers } from "../../src/ground/timers.js";

let life: AbortController;
let page: ReturnType<typeof makePage>;
const woke = vi.fn();

beforeEach(() => {
  vi.useFakeTimers();
  woke.mockClear();
  life = new AbortController();
  page = makePage(makeTimers(life.signal), life.signal);
});

afterEach(() => {
  show("visible");
  life.abort();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function show(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

/** Time passes without a timer being run, as under a closed lid. */
function sleep(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

test("a page tells when it is looked at", () => {
  show("hidden");
  const hidden = page.visible$.get();
  show("visible");

  expect([hidden, page.visible$.get()]).toEqual([false, true]);
});

test("a page tells when the network goes and comes", () => {
  window.dispatchEvent(new Event("offline"));
  const off = page.online$.get();
  window.dispatchEvent(new Event("online"));

  expect([off, page.online$.get()]).toEqual([false, true]);
});

test("a laptop that slept tells so when it wakes, once", () => {
  page.onWake(60_000, woke);

  sleep(3_600_000);
  vi.advanceTimersByTime(60_000);

  expect(woke).toHaveBeenCalledTimes(1);
});

test("a page that runs, if slowly, did not sleep", () => {
  page.onWake(60_000, woke);

  for (let minute = 0; minute < 60; minute++) {
    sleep(20_000);
    vi.advanceTimersByTime(5_000);
  }

  expect(woke).not.toHaveBeenCalled();
});

test("hidden pages, whose timers browsers run once a minute, did not sleep", () => {
  page.onWake(30_000, woke);
  show("hidden");

  for (let minute = 0; minute < 60; minute++) {
    sleep(55_000);
    vi.advanceTimersByTime(5_000);
  }

  expect(woke).not.toHaveBeenCalled();
});

test("a page that comes back out of the browser's cache wakes at once", () => {
  page.onWake(60_000, woke);

  sleep(600_000);
  window.dispatchEvent(new Event("pageshow"));

  expect(woke).toHaveBeenCalledTimes(1);
});

test("a page that was in the browser's cache for moments wakes as well", () => {
  page.onWake(60_000, woke);

  sleep(2_000);
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));

  expect(woke).toHaveBeenCalledTimes(1);
});

test("a page that was just loaded does not wake", () => {
  page.onWake(60_000, woke);

  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: false }));

  expect(woke).not.toHaveBeenCalled();
});

test("a page that nobody asks about sleep runs no timer", () => {
  const stop = page.onWake(60_000, woke);
  stop();
  vi.advanceTimersByTime(6_000);

  expect(vi.getTimerCount()).toBe(0);
});

test("nothing is told after the SDK's end", () => {
  page.onWake(60_000, woke);

  life.abort();
  sleep(600_000);
  window.dispatchEvent(new Event("pageshow"));
  show("hidden");

  expect(woke).not.toHaveBeenCalled();
  expect(page.visible$.get()).toBe(true);
});
