import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeService, openTab, passing, unhandled } from "../support/service.js";

let service: FakeService;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  service = new FakeService();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("the same experience is the same journey", async () => {
  const sdk = await openTab(service);

  expect(sdk.journeys.get("exp_1")).toBe(sdk.journeys.get("exp_1"));
  expect(sdk.journeys.get("exp_1")).not.toBe(sdk.journeys.get("exp_2"));
});

test("who one is comes with the journeys on top", async () => {
  const sdk = await openTab(service);
  const session = await passing(sdk.auth.guest());
  service.journeys = [{ experienceId: "exp_1", sequenceId: "seq_1", journeyStage: "routed" }];

  const { id, journeys, active } = await passing(sdk.consumer.getMe());

  expect(id).toBe(session.consumerId);
  expect(journeys).toBe(active.journeys);
  expect(journeys).toEqual(service.journeys);
});

test("somebody unknown is in nothing, and is asked nothing", async () => {
  const sdk = await openTab(service);

  const resumed = await sdk.journeys.resumeAll();

  expect(resumed).toEqual([]);
  await expect(sdk.consumer.getMe()).rejects.toMatchObject({ code: "AUTHENTICATION_REQUIRED" });
  expect(service.seen).toHaveLength(1);
});

test("all journeys that somebody is in go on, each once", async () => {
  const sdk = await openTab(service);
  await passing(sdk.auth.guest());
  service.journeys = ["exp_1", "exp_2", "exp_1"].map((experienceId) => ({ experienceId }));

  const resumed = await passing(sdk.journeys.resumeAll());

  expect(resumed.map((journey) => journey.experienceId)).toEqual(["exp_1", "exp_2"]);
  expect(resumed[0]).toBe(sdk.journeys.get("exp_1"));
  sdk.destroy();
});

test("a listener hears until it is stopped, and another's mistake stops nobody", async () => {
  const reported = vi.fn();
  vi.stubGlobal("reportError", reported);
  const sdk = await openTab(service);
  const mistake = new Error("a page's own");
  sdk.on("session", () => {
    throw mistake;
  });
  const heard = vi.fn();
  const stop = sdk.on("session", heard);

  const session = await passing(sdk.auth.guest());
  stop();
  await passing(sdk.auth.logout());

  expect(heard.mock.calls).toEqual([[session]]);
  expect(reported).toHaveBeenCalledWith(mistake);
});

test("a store's listener that fails does not fail the call", async () => {
  vi.stubGlobal("reportError", vi.fn());
  const sdk = await openTab(service);
  sdk.auth.session$.listen(() => {
    throw new Error("a page's own");
  });

  const session = await passing(sdk.auth.guest());

  expect(session.type).toBe("guest");
});

test("after its end an SDK calls nothing, calls nobody back, and leaves nothing behind", async () => {
  const caught = unhandled();
  const sdk = await openTab(service);
  await passing(sdk.auth.guest());
  const heard = vi.fn();
  sdk.on("session", heard);
  sdk.auth.session$.listen(heard);
  const under = [sdk.consumer.getMe(), sdk.auth.refresh(), sdk.journeys.resumeAll()];
  const outcomes = Promise.allSettled(under);

  sdk.destroy();
  const before = service.seen.length;
  const late = Promise.allSettled([sdk.consumer.getMe(), sdk.auth.refresh()]);
  await vi.advanceTimersByTimeAsync(HOUR);

  expect((await outcomes).map(code)).toEqual(["ABORTED", "ABORTED", "ABORTED"]);
  expect((await late).map(code)).toEqual(["ABORTED", "ABORTED"]);
  expect(service.seen.length).toBeLessThanOrEqual(before + 1);
  expect(heard).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
  expect(caught()).toEqual([]);
});

const HOUR = 3_600_000;

function code(outcome: PromiseSettledResult<unknown>): unknown {
  return outcome.status === "rejected" ? outcome.reason.code : "fulfilled";
}
