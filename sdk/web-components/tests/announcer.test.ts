import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Announcer, PACE_MS } from "../src/host/announcer.js";

const said: string[] = [];
let announcer: Announcer;

beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  announcer = new Announcer((text) => said.push(text));
});

afterEach(() => {
  vi.useRealTimers();
});

test("news are told at once, and then at most every 30 seconds", () => {
  const told: number[] = [];
  announcer = new Announcer(() => told.push(Date.now()));
  for (let second = 0; second < 300; second += 1) {
    announcer.tell(`${300 - second} people`);
    vi.advanceTimersByTime(1000);
  }

  const gaps = told.slice(1).map((at, index) => at - (told[index] ?? 0));

  expect(told.length).toBe(11);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(PACE_MS);
});

test("of the news that had to wait the newest is told", () => {
  announcer.tell("100");
  announcer.tell("90");
  announcer.tell("80");
  vi.advanceTimersByTime(PACE_MS);

  expect(said).toEqual(["100", "80"]);
});

test("what has been said is not said again", () => {
  announcer.tell("100");
  announcer.tell("90");
  announcer.tell("100");
  vi.advanceTimersByTime(10 * PACE_MS);

  expect(said).toEqual(["100"]);
});

test("a change is told at once, and news wait anew", () => {
  announcer.tell("100");
  announcer.tell("90");
  announcer.interrupt("It is your turn");
  announcer.tell("10 minutes left");
  vi.advanceTimersByTime(PACE_MS - 1);
  expect(said).toEqual(["100", "It is your turn"]);

  vi.advanceTimersByTime(1);

  expect(said).toEqual(["100", "It is your turn", "10 minutes left"]);
});

test("nothing is told once it has stopped", () => {
  announcer.tell("100");
  announcer.tell("90");
  announcer.stop();
  vi.advanceTimersByTime(PACE_MS);

  expect(said).toEqual(["100"]);
});
