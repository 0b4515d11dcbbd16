import { FanfareError } from "@fanfare/sdk-core";
import { html, nothing } from "lit";
import { expect, test, vi } from "vitest";
import { LOADING, lazy } from "../src/views/lazy.js";
import type { Ui } from "../src/views/ui.js";

function rendering() {
  const loads: Promise<unknown>[] = [];
  const ui = {
    t: (key: string) => key,
    problem: null as Ui["problem"],
    await: (_: string, loading: Promise<unknown>) => void loads.push(loading),
  };
  return { ui, loads, given: ui as unknown as Ui };
}

test("a part is loaded once, and shown from then on", async () => {
  const load = vi.fn(async () => ({ part: html`<b>here</b>` }));
  const show = lazy(load);
  const { given, loads } = rendering();

  const first = show(given, ({ part }) => part, nothing);
  show(given, ({ part }) => part, nothing);
  await Promise.all(loads);
  const later = show(given, ({ part }) => part, nothing);

  expect([first, later]).toEqual([nothing, (await load.mock.results[0]?.value)?.part]);
  expect(load).toHaveBeenCalledOnce();
});

test("two widgets that need the same part are both told once it is there", async () => {
  const load = vi.fn(async () => ({ part: html`<b>here</b>` }));
  const show = lazy(load);
  const [first, second] = [rendering(), rendering()];

  show(first.given, ({ part }) => part, nothing);
  show(second.given, ({ part }) => part, nothing);

  expect(second.loads).toEqual(first.loads);
  expect(first.loads).toHaveLength(1);
  expect(load).toHaveBeenCalledOnce();
  await Promise.all(second.loads);
});

test("a part that could not be loaded waits for the customer, and is then loaded again", async () => {
  const load = vi.fn<() => Promise<{ part: string }>>();
  load.mockRejectedValueOnce(new TypeError("no network")).mockResolvedValue({ part: "here" });
  const show = lazy(load);
  const { ui, given, loads } = rendering();
  const part = () => show(given, () => html`<b>here</b>`, nothing);

  part();
  await Promise.allSettled(loads);
  ui.problem = { action: LOADING, error: new FanfareError("NETWORK_ERROR", "Lost.") };
  const meanwhile = part();
  ui.problem = null;
  part();
  await Promise.allSettled(loads);

  expect(meanwhile).toBe(nothing);
  expect(part()).not.toBe(nothing);
  expect(load).toHaveBeenCalledTimes(2);
});
