import { expect, test, vi } from "vitest";
import { createDistributions } from "../../src/distribution/create.js";
import { FanfareError } from "../../src/index.js";
import { GUEST } from "../support/people.js";
import { ADMITTED, QUEUED, refusal, scripted } from "./scripted.js";

test("the same id is the same object, and nothing is asked for it", () => {
  const { ground, sent } = scripted({});
  const distributions = createDistributions(ground);

  const queue = distributions.get("queue", "queue_1");

  expect(distributions.get("queue", "queue_1")).toBe(queue);
  expect(distributions.get("queue", "queue_2")).not.toBe(queue);
  expect(sent).toEqual([]);
});

test("whoever has not entered has no status, and that is no error", async () => {
  const { ground } = scripted({ "GET /queues/queue_1/status": refusal(404, "NOT_IN_QUEUE") });
  const queue = createDistributions(ground).get("queue", "queue_1");

  const stop = queue.state$.listen(() => undefined);
  const before = queue.state$.get();
  await vi.waitFor(() => expect(queue.state$.get().isLoading).toBe(false));

  expect(before.isLoading).toBe(true);
  expect(queue.state$.get()).toEqual({ status: null, isLoading: false, error: null });
  stop();
});

test("nobody becomes a guest by looking", async () => {
  const { ground, sent } = scripted({}, null);
  const queue = createDistributions(ground).get("queue", "queue_1");

  const stop = queue.state$.listen(() => undefined);
  await vi.waitFor(() => expect(queue.state$.get().isLoading).toBe(false));

  expect(queue.state$.get()).toEqual({ status: null, isLoading: false, error: null });
  expect(sent).toEqual([]);
  stop();
});

test("entering makes a guest of whoever is nobody, and shows the service's own object", async () => {
  const { ground, paths } = scripted({ "POST /queues/queue_1/enter": QUEUED }, null);
  const queue = createDistributions(ground).get("queue", "queue_1");

  await queue.enter();

  expect(queue.state$.get()).toEqual({ status: QUEUED, isLoading: false, error: null });
  expect(paths()).toEqual(["POST /queues/queue_1/enter"]);
});

test("an id from a page's address stays one part of the call's", async () => {
  const { ground, paths } = scripted({}, null);
  const queue = createDistributions(ground).get("queue", "../draws/d?x#y");

  await expect(queue.enter()).rejects.toMatchObject({ code: "NOT_FOUND" });

  expect(paths()).toEqual(["POST /queues/..%2Fdraws%2Fd%3Fx%23y/enter"]);
});

test("whatever else is thrown is an error like any other", async () => {
  const { ground } = scripted({ "POST /queues/queue_1/enter": QUEUED });
  ground.ensureSession = () => Promise.reject(new TypeError("This page has broken it."));
  const queue = createDistributions(ground).get("queue", "queue_1");

  await expect(queue.enter()).rejects.toBeInstanceOf(FanfareError);

  expect(queue.state$.get().error).toBeInstanceOf(FanfareError);
});

test("what goes wrong rejects, shows, and is gone after the next success", async () => {
  const full = refusal(429, "FULL");
  const { ground, answers } = scripted({
    "GET /queues/queue_1/status": ADMITTED,
    "POST /queues/queue_1/enter": full,
  });
  const queue = createDistributions(ground).get("queue", "queue_1");

  await expect(queue.enter()).rejects.toBe(full);
  const refused = queue.state$.get();
  answers["POST /queues/queue_1/enter"] = ADMITTED;
  await queue.enter();

  expect(refused).toEqual({ status: null, isLoading: false, error: full });
  expect(queue.state$.get()).toEqual({ status: ADMITTED, isLoading: false, error: null });
});

test("an answer that was overtaken by a newer call's is forgotten", async () => {
  let late = (_: unknown) => {};
  const slow = new Promise((answer) => {
    late = answer;
  });
  const { ground } = scripted({
    "GET /queues/queue_1/status": slow,
    "POST /queues/queue_1/enter": ADMITTED,
  });
  const queue = createDistributions(ground).get("queue", "queue_1");

  const refreshing = queue.refresh();
  await queue.enter();
  late(QUEUED);
  await refreshing;

  expect(queue.state$.get().status).toEqual(ADMITTED);
});

test("an answer about who was here before is not shown to somebody else", async () => {
  let late = (_: unknown) => {};
  const slow = new Promise((answer) => {
    late = answer;
  });
  const { ground, answers, sent, session$ } = scripted({ "GET /queues/queue_1/status": slow });
  const queue = createDistributions(ground).get("queue", "queue_1");

  const refreshing = queue.refresh();
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  session$.set({ ...GUEST, consumerId: "cons_2" });
  answers["GET /queues/queue_1/status"] = refusal(404, "NOT_IN_QUEUE");
  await queue.refresh();
  late(QUEUED);
  await refreshing;

  expect(queue.state$.get().status).toBeNull();
});

test("each mechanism's actions are its own calls", async () => {
  const { ground, sent } = scripted({
    "POST /draws/d/enter": {},
    "POST /timed-releases/t/leave": {},
    "POST /waitlists/w/enter": {},
    "POST /auctions/a/bid": {},
    "POST /appointments/p/book": {},
    "POST /appointments/p/reschedule": {},
    "DELETE /appointments/p/cancel": {},
  });
  const distributions = createDistributions(ground);
  const appointment = distributions.get("appointment", "p");

  await distributions.get("draw", "d").enter();
  await distributions.get("timed_release", "t").leave();
  await distributions.get("waitlist", "w").enter();
  await distributions.get("auction", "a").bid("105.00", { maxAmount: "200.00" });
  await appointment.book("slot_1");
  await appointment.reschedule("slot_2");
  await appointment.cancel();

  expect(sent.map(({ body }) => body)).toEqual([
    undefined,
    undefined,
    undefined,
    { amount: "105.00", maxAmount: "200.00" },
    { slotId: "slot_1" },
    { newSlotId: "slot_2" },
    undefined,
  ]);
});

test("slots are read while somebody listens", async () => {
  const slots = [{ id: "slot_1" }];
  const { ground, sent } = scripted({ "GET /appointments/p/slots": { data: slots } });
  const appointment = createDistributions(ground).get("appointment", "p");

  const before = sent.length;
  const stop = appointment.slots$.listen(() => undefined);
  await vi.waitFor(() => expect(appointment.slots$.get().slots).not.toBeNull());

  expect(before).toBe(0);
  expect(appointment.slots$.get()).toEqual({ slots });
  expect(appointment.state$.get().isLoading).toBe(false);
  stop();
});

test("calls that cannot be loaded are an error, and may be tried again", async () => {
  vi.doMock("../../src/distribution/desk.js", () => {
    throw new Error("offline");
  });
  const { ground } = scripted({ "POST /queues/queue_1/enter": QUEUED });
  const queue = createDistributions(ground).get("queue", "queue_1");

  await expect(queue.enter()).rejects.toMatchObject({ code: "NETWORK_ERROR", retryable: true });
  const failed = queue.state$.get();
  vi.doUnmock("../../src/distribution/desk.js");
  await queue.enter();

  expect(failed).toMatchObject({ isLoading: false, error: { code: "NETWORK_ERROR" } });
  expect(queue.state$.get().status).toEqual(QUEUED);
});

test("whoever listened before the calls could be loaded is followed all the same", async () => {
  vi.doMock("../../src/distribution/desk.js", () => {
    throw new Error("offline");
  });
  const queued = { ...QUEUED, pollAfterMs: 20 };
  const { ground, paths } = scripted({
    "POST /queues/queue_1/enter": queued,
    "GET /queues/queue_1/status": queued,
    "GET /queues/queue_1": { id: "queue_1", status: "OPEN" },
  });
  const queue = createDistributions(ground).get("queue", "queue_1");
  const stop = queue.state$.listen(() => undefined);
  await vi.waitFor(() => expect(queue.state$.get().error).not.toBeNull());

  vi.doUnmock("../../src/distribution/desk.js");
  await queue.enter();

  await vi.waitFor(() => expect(paths()).toContain("GET /queues/queue_1/line"));
  stop();
});

test("calls that could not be loaded are loaded again for whoever listens", async () => {
  vi.doMock("../../src/distribution/desk.js", () => {
    throw new Error("offline");
  });
  const { ground } = scripted({
    "GET /queues/queue_1/status": ADMITTED,
    "GET /queues/queue_1": { id: "queue_1", status: "OPEN" },
  });
  const queue = createDistributions(ground).get("queue", "queue_1");
  const stop = queue.state$.listen(() => undefined);
  await vi.waitFor(() => expect(queue.state$.get().error).not.toBeNull());

  vi.doUnmock("../../src/distribution/desk.js");
  globalThis.dispatchEvent(new Event("online"));

  await vi.waitFor(() => expect(queue.state$.get().status).toEqual(ADMITTED));
  expect(queue.state$.get()).toMatchObject({ isLoading: false, error: null });
  stop();
});
