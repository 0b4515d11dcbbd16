import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { part } from "../../src/ground/part.js";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A part whose first loads fail. */
function failing(times: number) {
  const load = vi.fn(async () => {
    if (load.mock.calls.length <= times) throw new TypeError("Failed to fetch");
    return "the part";
  });
  return load;
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

test("a part is loaded once for all who ask", async () => {
  const load = failing(0);
  const asked = part(load, () => {});

  const both = await Promise.all([asked.now(), asked.now()]);

  expect(both).toEqual(["the part", "the part"]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("a load that failed rejects with what may be tried again, and is", async () => {
  const asked = part(failing(1), () => {});

  await expect(asked.now()).rejects.toMatchObject({ code: "NETWORK_ERROR", retryable: true });

  expect(await asked.now()).toBe("the part");
});

test("whoever waits gets it, however often it fails, at an ever slower pace", async () => {
  const load = failing(3);
  const failed = vi.fn();
  const there = vi.fn();

  part(load, failed).whenThere(there);
  await pass(900);
  const atFirst = load.mock.calls.length;
  await pass(12_000);

  expect(atFirst).toBe(1);
  expect(failed).toHaveBeenCalledTimes(3);
  expect(there.mock.calls).toEqual([["the part"]]);
});

test("a page that is online again does not wait", async () => {
  const load = failing(4);
  const there = vi.fn();
  part(load, () => {}).whenThere(there);
  await pass(7_500 * 1.5);
  const before = load.mock.calls.length;

  globalThis.dispatchEvent(new Event("online"));
  await pass(0);

  expect(before).toBe(4);
  expect(there).toHaveBeenCalledTimes(1);
});

test("what somebody else loads meanwhile serves whoever waits, once", async () => {
  const there = vi.fn();
  const asked = part(failing(1), () => {});
  asked.whenThere(there);
  await pass(0);

  await asked.now();
  await pass(60_000);

  expect(there).toHaveBeenCalledTimes(1);
});

test("nothing is loaded for whoever has gone, nor after the end", async () => {
  const [left, ended] = [failing(9), failing(9)];
  const life = new AbortController();
  const forgo = part(left, () => {}).whenThere(() => {});
  part(ended, () => {}, life.signal).whenThere(() => {});
  await pass(0);

  forgo();
  life.abort();
  await pass(60_000);
  globalThis.dispatchEvent(new Event("online"));
  await pass(0);

  expect(left).toHaveBeenCalledTimes(1);
  expect(ended).toHaveBeenCalledTimes(1);
});

test("a load that hangs counts as failed after 15 seconds", async () => {
  const load = vi.fn(() => new Promise<string>(() => {}));
  const asked = part(load, () => {}).now();
  const outcome = expect(asked).rejects.toMatchObject({ code: "NETWORK_ERROR", retryable: true });

  await pass(15_000);

  await outcome;
});
