import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GatedView, RoutedView } from "../../src/index.js";
import { GUEST, MEMBER } from "../support/people.js";
import { distribution } from "./distributions.js";
import { does, inMemory, pass, sequence, started, type World } from "./ground.js";
import { refusal } from "./service.js";
import { launches, MINUTE, named, SECOND, START } from "./support.js";

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

const queue = (id: string, more = {}) => distribution("queue", { id, ...more });

function gated(world: World): GatedView {
  const view = world.journey.view$.get();
  if (view.journeyStage !== "gated") throw new Error(`The journey is ${view.journeyStage}.`);
  return view;
}

function routed(world: World): RoutedView {
  const view = world.journey.view$.get();
  if (view.journeyStage !== "routed") throw new Error(`The journey is ${view.journeyStage}.`);
  return view;
}

async function after<Value>(done: Promise<Value>): Promise<Value> {
  await pass(3 * SECOND);
  return done;
}

test("a code opens its gate, and entering is let in", async () => {
  const service = launches({ code: "VIP", has: [queue("queue_1")] });
  const world = await started(inMemory(service));
  expect(gated(world).gates).toEqual([{ kind: "access_code" }]);

  await after(gated(world).reroute({ accessCode: "wrong" }));
  expect(gated(world).gates).toEqual([{ kind: "access_code" }]);
  await after(gated(world).reroute({ accessCode: "VIP" }));
  await does(world, "enter");

  expect(sequence(world, "participating").mechanism).toBe("queue");
  expect(named(world)).toEqual(["started", "gated", "routed", "entered"]);
});

test("a start with a code goes straight in", async () => {
  const service = launches({ code: "VIP", has: [queue("queue_1")] });
  const world = inMemory(service);

  await after(world.journey.start({ accessCode: "VIP" }));

  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("what was given is sent again each time", async () => {
  const service = launches({ code: "VIP", botCheck: true, has: [queue("queue_1")] });
  const world = await started(inMemory(service));

  await after(gated(world).reroute({ accessCode: "VIP" }));
  expect(gated(world).gates.map(({ kind }) => kind)).toEqual(["bot_check"]);
  await after(gated(world).reroute({ challenge: "solved" }));

  const bodies = service.calls
    .filter(({ path }) => path.endsWith("/route"))
    .map(({ body }) => body);
  expect(bodies).toEqual([{}, { accessCode: "VIP" }, { accessCode: "VIP", challenge: "solved" }]);
  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("a solved challenge is kept until the missing code comes", async () => {
  const service = launches({ code: "VIP", botCheck: true, has: [queue("queue_1")] });
  const world = await started(inMemory(service));

  await after(gated(world).reroute({ challenge: "solved" }));
  await after(gated(world).reroute({ accessCode: "VIP" }));

  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("signing in passes its gate by itself", async () => {
  const service = launches({ signedIn: true, has: [queue("queue_1")] });
  const world = await started(inMemory(service));
  expect(gated(world).gates).toEqual([{ kind: "authentication", methods: ["otp"] }]);

  service.authenticated = true;
  world.session$.set(MEMBER);
  await pass(3 * SECOND);

  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("a retry asks for the way again", async () => {
  const service = launches({ signedIn: true, has: [queue("queue_1")] });
  const world = await started(inMemory(service));
  service.authenticated = true;

  await after(gated(world).retry());

  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("whoever is in stays in, whatever the gates say now", async () => {
  const service = launches({ has: [queue("queue_1")] });
  const world = await started(inMemory(service));
  await does(world, "enter");
  const [only] = service.sequences;
  if (only) only.signedIn = true;

  const again = await started(inMemory(service, GUEST));

  expect(sequence(again, "participating").mechanism).toBe("queue");
});

test("a gate that appears before entering is passed by asking for the way", async () => {
  const service = launches({ code: "VIP", has: [queue("queue_1")] });
  const world = inMemory(service);
  await after(world.journey.start({ accessCode: "VIP" }));
  service.opened.clear();

  await does(world, "enter");

  expect(sequence(world, "participating").mechanism).toBe("queue");
});

test("no access shows nothing to do, and no reason", async () => {
  const service = launches({ excluded: true, has: [queue("queue_1")] });

  const world = await started(inMemory(service));

  const view = sequence(world, "unavailable");
  expect(Object.keys(view).sort()).toEqual(
    ["details", "distributionId", "mechanism", "phase", "sequenceId"].sort(),
  );
  expect(routed(world).offers).toEqual([]);
});

test("an experience with nothing in it shows nothing to do", async () => {
  const world = await started(inMemory(launches()));

  expect(sequence(world, "unavailable").mechanism).toBe("waitlist");
});

test("a code for something better moves whoever has not entered", async () => {
  const service = launches(
    { code: "VIP", has: [queue("queue_1", { sequenceId: "seq_1" })] },
    { has: [queue("queue_2", { sequenceId: "seq_2" })] },
  );
  const world = await started(inMemory(service));
  expect(sequence(world, "enterable").distributionId).toBe("queue_2");

  const wrong = await after(routed(world).submitAccessCode("wrong"));
  const right = await after(routed(world).submitAccessCode("VIP"));

  expect(wrong).toEqual({ outcome: "unchanged", sequenceId: "seq_2" });
  expect(right).toEqual({ outcome: "advanced", sequenceId: "seq_1" });
  expect(sequence(world, "enterable").distributionId).toBe("queue_1");
});

test("a code for something better is an offer to whoever waits already", async () => {
  const service = launches(
    { code: "VIP", has: [queue("queue_1", { sequenceId: "seq_1" })] },
    { has: [queue("queue_2", { sequenceId: "seq_2" })] },
  );
  const world = await started(inMemory(service));
  await does(world, "enter");

  const result = await after(routed(world).submitAccessCode("VIP"));
  const [offer] = routed(world).offers;
  expect(sequence(world, "participating").distributionId).toBe("queue_2");
  await after(offer?.accept() ?? Promise.reject(new Error("no offer")));
  await does(world, "enter");

  expect(result.outcome).toBe("advanced");
  expect(offer).toMatchObject({ distributionId: "queue_1", mechanism: "queue" });
  expect(sequence(world, "participating").distributionId).toBe("queue_1");
  await expect(offer?.accept()).rejects.toMatchObject({ code: "CONFLICT" });
});

test("of several distributions the open one is shown, and others that are open are offers", async () => {
  const service = launches({
    has: [
      distribution("draw", { openAt: START + MINUTE }),
      queue("queue_1"),
      distribution("timed_release"),
    ],
  });

  const world = await started(inMemory(service));

  expect(sequence(world, "enterable").mechanism).toBe("queue");
  expect(routed(world).offers.map(({ mechanism }) => mechanism)).toEqual(["timed_release"]);
});

test("what opens later has its waitlist beside it", async () => {
  const service = launches({
    has: [distribution("waitlist"), queue("queue_1", { openAt: START + 10 * MINUTE })],
  });
  const world = await started(inMemory(service));
  const scheduled = () => sequence(world, "scheduled");
  expect(scheduled().waitlist?.status).toBe("open");

  await after(scheduled().waitlist?.join() ?? Promise.reject(new Error("no waitlist")));
  expect(scheduled().waitlist?.status).toBe("joined");
  const again = await started(inMemory(service, GUEST));
  expect(sequence(again, "scheduled").waitlist?.status).toBe("joined");
  await after(scheduled().waitlist?.leave() ?? Promise.reject(new Error("no waitlist")));

  expect(scheduled().waitlist?.status).toBe("open");
});

test("somebody else's entry is nobody's after signing out", async () => {
  const service = launches({ has: [queue("queue_1")] });
  const world = await started(inMemory(service));
  await does(world, "enter");

  world.session$.set(null);
  await pass(3 * SECOND);

  expect(sequence(world, "enterable").mechanism).toBe("queue");
});

test("too many codes are the caller's to hear of, and the view stays", async () => {
  const service = launches({ code: "VIP", has: [queue("queue_1")] });
  const world = await started(inMemory(service));
  service.fail("/route", refusal(429, "RATE_LIMITED", { retryAfter: 30 }));

  const answer = after(gated(world).reroute({ accessCode: "guess" }));

  await expect(answer).rejects.toMatchObject({ code: "RATE_LIMITED", retryAfter: 30 });
  expect(gated(world).gates).toHaveLength(1);
});

test("a refresh reads everything anew", async () => {
  const service = launches({ has: [queue("queue_1")] });
  const world = await started(inMemory(service));
  const before = service.asked("GET /experiences").length;

  await after(world.journey.refresh());

  expect(service.asked("GET /experiences").length - before).toBe(1);
});

test("when what is shown closes to who did not enter, the next way is shown", async () => {
  const service = launches({
    has: [
      queue("queue_1", { closeAt: START + 5 * MINUTE }),
      queue("queue_2", { openAt: START + 5 * MINUTE }),
    ],
  });
  const world = await started(inMemory(service));
  expect(sequence(world, "enterable").distributionId).toBe("queue_1");

  await pass(6 * MINUTE);

  expect(sequence(world, "enterable").distributionId).toBe("queue_2");
});

test("what has closed for everybody is asked about once", async () => {
  const service = launches({ has: [queue("queue_1", { closeAt: START + MINUTE })] });
  const world = await started(inMemory(service));

  await pass(30 * MINUTE);

  expect(sequence(world, "ended").outcome).toBe("closed");
  expect(service.asked("/route").length).toBeLessThanOrEqual(2);
});
