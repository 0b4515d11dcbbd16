import { atom } from "nanostores";
import { expect, test } from "vitest";
import { whileHeard } from "../src/stores.js";

function work() {
  const log: string[] = [];
  const heard$ = whileHeard(atom(0), () => {
    log.push("begun");
    return () => log.push("ended");
  });
  return { heard$, log };
}

const nothing = () => undefined;

test("reading begins nothing", () => {
  const { heard$, log } = work();

  heard$.get();

  expect(log).toEqual([]);
});

test("work goes on until the last listener has gone", async () => {
  const { heard$, log } = work();

  const first = heard$.listen(nothing);
  const second = heard$.subscribe(nothing);
  first();
  first();
  await Promise.resolve();
  const meanwhile = [...log];
  second();
  await Promise.resolve();

  expect(meanwhile).toEqual(["begun"]);
  expect(log).toEqual(["begun", "ended"]);
});

test("whoever listens again at once has never been away", async () => {
  const { heard$, log } = work();

  heard$.listen(nothing)();
  heard$.listen(nothing);
  await Promise.resolve();

  expect(log).toEqual(["begun"]);
});
