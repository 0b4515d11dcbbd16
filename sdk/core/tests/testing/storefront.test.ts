import { type FanfareSdk, initFanfare, type SequenceView } from "@fanfare/sdk-core";
import { type FakeOptions, fakeFanfare } from "@fanfare/sdk-core/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const MINUTE = 60_000;
const made: FanfareSdk[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
});

afterEach(() => {
  for (const sdk of made.splice(0)) sdk.destroy();
  vi.useRealTimers();
});

/** Lets so much time pass as a page in sight notices. */
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Waits for what needs a moment of the page's time. */
async function soon<Value>(promise: Promise<Value>): Promise<Value> {
  const settled = promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  await pass(1000);
  const result = await settled;
  if ("error" in result) throw result.error;
  return result.value;
}

async function storefront(options: FakeOptions = {}) {
  const fake = fakeFanfare(options);
  const sdk = await soon(initFanfare(fake.config));
  made.push(sdk);
  const journey = sdk.journeys.get(fake.experienceId);
  const view = () => journey.view$.get();

  /** What is shown, which must be this phase of this mechanism. */
  function shows<M extends SequenceView["mechanism"], P extends SequenceView["phase"]>(
    mechanism: M,
    phase: P,
  ): Extract<SequenceView, { mechanism: M; phase: P }> {
    const now = view();
    const sequence = now.journeyStage === "routed" ? now.sequence : null;
    expect([now.journeyStage, sequence?.mechanism, sequence?.phase]).toEqual([
      "routed",
      mechanism,
      phase,
    ]);
    return sequence as Extract<SequenceView, { mechanism: M; phase: P }>;
  }

  await soon(journey.start());
  return { fake, sdk, journey, view, shows };
}

describe("a queue", () => {
  test("is entered, waited in, and left by the checkout", async () => {
    const { fake, sdk, shows } = await storefront({ mechanism: "queue" });
    fake.crowd(3);

    await soon(shows("queue", "enterable").enter());
    expect(shows("queue", "participating").display$.get()).toMatchObject({ number: 4, ahead: 3 });

    for (let number = 1; number <= 4; number += 1) fake.admit();
    await pass(MINUTE);
    const granted = shows("queue", "granted");
    const { url } = await soon(granted.checkout({ navigate: false }));
    expect(url).toMatch(/^https:\/\/fanfare\.test\/checkout\/fake-/);

    fake.complete(sdk.auth.getSession()?.consumerId);
    await pass(2 * MINUTE);
    expect(shows("queue", "ended").outcome).toBe("completed");
  });

  test.each([
    ["deny", "denied"],
    ["sellOut", "sold_out"],
    ["end", "closed"],
  ] as const)("ends by %s as %s", async (verb, outcome) => {
    const { fake, shows } = await storefront();
    await soon(shows("queue", "enterable").enter());

    fake[verb]();
    await pass(5 * MINUTE);

    expect(shows("queue", "ended").outcome).toBe(outcome);
  });

  test("takes an admission back once its time is over", async () => {
    const { fake, shows } = await storefront();
    await soon(shows("queue", "enterable").enter());
    fake.admit();
    await pass(MINUTE);
    shows("queue", "granted");

    fake.expire();
    await pass(20 * MINUTE);

    expect(shows("queue", "ended").outcome).toBe("expired");
  });

  test("opens when its time comes", async () => {
    const openAt = new Date(Date.now() + 10 * MINUTE);
    const { shows } = await storefront({ distribution: { openAt } });
    expect(shows("queue", "scheduled").startsAt).toEqual(openAt);

    await pass(11 * MINUTE);

    shows("queue", "enterable");
  });

  test("is waited in without a network", async () => {
    const { fake, journey, shows } = await storefront();
    await soon(shows("queue", "enterable").enter());

    fake.goOffline();
    fake.admit();
    await pass(MINUTE);
    expect(journey.snapshot$.get().online).toBe(false);
    shows("queue", "participating");

    fake.goOnline();
    await pass(2 * MINUTE);
    expect(journey.snapshot$.get().online).toBe(true);
    shows("queue", "granted");
  });
});

test("a draw is won, and lost", async () => {
  for (const [winners, phase] of [
    [1, "granted"],
    [0, "ended"],
  ] as const) {
    localStorage.clear();
    const { fake, shows } = await storefront({ mechanism: "draw" });
    await soon(shows("draw", "enterable").enter());
    shows("draw", "participating");

    fake.draw({ winners });
    await pass(2 * 60 * MINUTE);

    shows("draw", phase);
  }
});

test("an auction is led, lost and won", async () => {
  const { fake, shows } = await storefront({ mechanism: "auction" });
  const standing = () => shows("auction", "participating").display$.get().standing;

  await soon(shows("auction", "enterable").bid("100.00"));
  expect(standing()).toBe("winning");
  fake.outbid("120.00");
  await pass(MINUTE);
  expect(standing()).toBe("outbid");
  await soon(shows("auction", "participating").bid("130.00"));
  expect(standing()).toBe("winning");
  fake.settle();
  await pass(2 * 60 * MINUTE);

  shows("auction", "granted");
});

test("a timed release lets in at once", async () => {
  const { shows } = await storefront({ mechanism: "timed_release" });

  await soon(shows("timed_release", "enterable").enter());

  shows("timed_release", "granted");
});

test("the service's time goes ahead of the page's", async () => {
  const openAt = new Date(Date.now() + 60 * MINUTE);
  const { fake, journey, shows } = await storefront({
    mechanism: "timed_release",
    distribution: { openAt },
  });
  shows("timed_release", "scheduled");

  fake.advance(61 * MINUTE);
  await soon(journey.refresh());
  await soon(shows("timed_release", "enterable").enter());
  const { grant } = shows("timed_release", "granted");
  expect(grant.expiresAt.getTime() - fake.now()).toBeLessThanOrEqual(15 * MINUTE);
  expect(grant.expiresAt.getTime() - fake.now()).toBeGreaterThan(14 * MINUTE);

  fake.advance(16 * MINUTE);
  await soon(journey.refresh());
  expect(shows("timed_release", "ended").outcome).toBe("expired");
});

test("an appointment is booked and cancelled", async () => {
  const { shows } = await storefront({ mechanism: "appointment" });
  const { slots$, book } = shows("appointment", "enterable");
  const stop = slots$.listen(() => {});
  await pass(1000);

  const [slot] = slots$.get().slots ?? [];
  await soon(book(slot?.id ?? ""));
  stop();
  const booked = shows("appointment", "participating");
  expect(booked.display$.get().confirmationCode).toMatch(/^FAKE-/);
  await soon(booked.cancel());

  shows("appointment", "enterable");
});

test("a waitlist tells once its sequence opens", async () => {
  const { fake, shows } = await storefront({
    waitlist: true,
    distribution: { openAt: new Date(Date.now() + 60 * MINUTE) },
  });
  const list = () => shows("queue", "scheduled").waitlist;
  await soon(list()?.join() ?? Promise.reject(new Error("there is no waitlist")));
  expect(list()?.status).toBe("joined");

  fake.open();
  await pass(61 * MINUTE);

  shows("queue", "enterable");
});

describe("a gate", () => {
  test("opens by a code", async () => {
    const { view, shows } = await storefront({ accessCode: "SPRING" });
    const gated = view();
    if (gated.journeyStage !== "gated") return expect.unreachable();

    await soon(gated.reroute({ accessCode: "AUTUMN" }));
    expect(view().journeyStage).toBe("gated");
    await soon(gated.reroute({ accessCode: "SPRING" }));

    shows("queue", "enterable");
  });

  test("opens for whoever signs in", async () => {
    const { fake, sdk, view, shows } = await storefront({ requireAuthentication: true });
    const email = "ann@shop.example";
    await soon(sdk.auth.requestOtp({ email }));
    await soon(sdk.auth.verifyOtp({ email, code: fake.otp(email) }));

    const gated = view();
    if (gated.journeyStage === "gated") await soon(gated.retry());

    shows("queue", "enterable");
  });

  test("opens for people, and for whom the shop vouches", async () => {
    const options = { botCheck: true, requireAuthentication: true };
    const { fake, sdk, view, shows } = await storefront(options);
    const code = fake.exchangeCode({ email: "ann@shop.example" });
    await soon(sdk.auth.exchangeExternal(code));

    const gated = view();
    if (gated.journeyStage !== "gated") return expect.unreachable();
    await soon(gated.reroute({ challenge: fake.solvedChallenge }));

    shows("queue", "enterable");
  });
});

test("access tokens that end are refreshed, sessions that end are over", async () => {
  const { fake, sdk } = await storefront();
  await soon(sdk.auth.guest());
  fake.expireAccess();
  await soon(sdk.consumer.getMe());
  expect(fake.requests.some(({ path }) => path.endsWith("/auth/refresh"))).toBe(true);

  fake.endSessions();
  const refused = soon(sdk.consumer.getMe());

  await expect(refused).rejects.toMatchObject({ code: "AUTHENTICATION_REQUIRED" });
});

test("calls can be disturbed, so many and no more", async () => {
  const { fake, shows } = await storefront();
  fake.disturb({ kind: "rate_limited", path: "/enter", times: 2, retryAfter: 3 });

  const entered = shows("queue", "enterable").enter();
  await pass(MINUTE);
  await entered;

  shows("queue", "participating");
  const statuses = fake.requests.filter(({ path }) => path.endsWith("/enter"));
  expect(statuses.map(({ status }) => status)).toEqual([429, 429, 201]);
});

test.each([
  ["a page of something on the way", { kind: "page" }, [200, 201]],
  ["a proxy's own page", { kind: "page", status: 520 }, [520, 201]],
  ["a call that is never answered", { kind: "stall" }, [0, 201]],
] as const)("%s costs nobody the place in line", async (_, trouble, statuses) => {
  const { fake, shows } = await storefront();
  fake.disturb({ ...trouble, path: "/enter" });

  const entered = shows("queue", "enterable").enter();
  await pass(MINUTE);
  await entered;

  shows("queue", "participating");
  const asked = fake.requests.filter(({ path }) => path.endsWith("/enter"));
  expect(asked.map(({ status }) => status)).toEqual(statuses);
});

test("an entry whose answer got lost is one entry", async () => {
  const { fake, shows } = await storefront();
  fake.disturb({ kind: "lost", path: "/enter" });

  const entered = shows("queue", "enterable").enter();
  await pass(MINUTE);
  await entered;

  shows("queue", "participating");
  const asked = fake.requests.filter(({ path }) => path.endsWith("/enter"));
  expect(asked.map(({ status }) => status)).toEqual([0, 200]);
});

test("a booking is cancelled although the answer to that got lost, whoever finds out", async () => {
  const { fake, journey, shows } = await storefront({ mechanism: "appointment" });
  const booking = shows("appointment", "enterable");
  const stop = booking.slots$.listen(() => undefined);
  await pass(MINUTE);
  await soon(booking.book(booking.slots$.get().slots?.[0]?.id ?? ""));
  stop();
  fake.disturb({ kind: "lost", path: "/cancel" });

  const cancelled = shows("appointment", "participating").cancel();
  await pass(100);
  const refreshed = journey.refresh();
  await pass(MINUTE);
  await Promise.all([cancelled, refreshed]);

  shows("appointment", "enterable");
});

test("a verb that makes no sense says so", () => {
  const fake = fakeFanfare();

  expect(() => fake.admit()).toThrow("Nobody is not QUEUED there.");
  expect(() => fake.settle()).toThrow("The mechanism of this fake is queue");
  expect(() => fakeFanfare({ mechanism: "waitlist" }).open()).toThrow("only a waitlist");
  expect(() => fake.otp("ann@shop.example")).toThrow("Nothing was sent");
});
