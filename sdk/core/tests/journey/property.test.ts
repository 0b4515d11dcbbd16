/** Whatever the service answers, and whenever: no view offers what the service would refuse. */
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Mechanism } from "../../src/index.js";
import { GUEST } from "../support/people.js";
import { windowOf } from "./distributions.js";
import { inMemory, pass, started, type World } from "./ground.js";
import { admit, complete, deny, expire } from "./rules.js";
import { refusal, type Service } from "./service.js";
import { type Distribution, launch, MINUTE, SECOND, START } from "./support.js";

beforeEach(() => void vi.useFakeTimers({ now: START }));
afterEach(() => void vi.useRealTimers());

const KINDS: Mechanism[] = ["queue", "draw", "auction", "appointment", "timed_release", "waitlist"];

type Step =
  | { does: "wait"; milliseconds: number }
  | { does: "merchant"; what: (typeof MERCHANT)[number] }
  | { does: "customer"; pick: number }
  | { does: "fail"; status: 200 | 429 | 503 | 0; when: string }
  | { does: "look"; visible: boolean }
  | { does: "network"; online: boolean }
  | { does: "reload" };

const MERCHANT = [
  "pause",
  "resume",
  "close",
  "open",
  "end",
  "fill",
  "empty",
  "admit",
  "deny",
  "complete",
  "lose",
  "backup",
] as const;

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant("wait" as const),
        milliseconds: fc.integer({ min: 10, max: 30 * MINUTE }),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        does: fc.constant("merchant" as const),
        what: fc.constantFrom(...MERCHANT),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ does: fc.constant("customer" as const), pick: fc.nat(3) }),
    },
    fc.record({
      does: fc.constant("fail" as const),
      status: fc.constantFrom(200 as const, 429 as const, 503 as const, 0 as const),
      when: fc.constantFrom("/status", "/enter", "/line", "experiences", "_1"),
    }),
    fc.record({ does: fc.constant("look" as const), visible: fc.boolean() }),
    fc.record({ does: fc.constant("network" as const), online: fc.boolean() }),
    fc.record({ does: fc.constant("reload" as const) }),
  ),
  { maxLength: 14 },
);

const terms = fc.record({
  kind: fc.constantFrom(...KINDS),
  openAt: fc.constantFrom(null, START + 5 * MINUTE),
  lobbyOpensAt: fc.constantFrom(null, START - MINUTE),
  closesIn: fc.constantFrom(null, 40 * MINUTE),
  decidesIn: fc.constantFrom(50 * MINUTE, 90 * MINUTE),
  perConsumerLimit: fc.constantFrom(1, 2),
  tail: fc.nat(60),
});

test("no sequence of answers leads to an action that the service would refuse", async () => {
  const rejections: unknown[] = [];
  const heard = (reason: unknown) => rejections.push(reason);
  process.on("unhandledRejection", heard);

  await fc.assert(
    fc.asyncProperty(terms, steps, fc.boolean(), async (wanted, script, refreshes) => {
      vi.setSystemTime(START);
      const { it, service } = launch(wanted.kind, {
        ...wanted,
        closeAt: wanted.closesIn === null && wanted.kind !== "auction" ? null : START + 40 * MINUTE,
        decidesAt: START + wanted.decidesIn,
      });
      let world = inMemory(service);
      void world.journey.start().catch(() => {});
      for (const step of script) world = await take(step, world, it);
      await quieten(world, service, refreshes);

      const offered = actions(world);
      expect(offered.filter((name) => !takes(service, it, name))).toEqual([]);
      world.destroy();
      await pass(SECOND);
    }),
    { numRuns: 150 },
  );
  process.off("unhandledRejection", heard);

  expect(rejections).toEqual([]);
}, 60_000);

async function take(step: Step, world: World, it: Distribution): Promise<World> {
  switch (step.does) {
    case "wait":
      await pass(step.milliseconds);
      return world;
    case "merchant":
      decide(step.what, it);
      return world;
    case "customer":
      await act(step.pick, world);
      return world;
    case "fail":
      world.service.fail(step.when, failure(step.status));
      return world;
    case "look":
      world.visible$.set(step.visible);
      return world;
    case "network":
      world.online$.set(step.online);
      return world;
    case "reload":
      return reload(world);
  }
}

const failure = (status: 200 | 429 | 503 | 0) =>
  status === 200 ? null : refusal(status, CODES[status], { retryAfter: 2 });

const CODES = { 429: "RATE_LIMITED", 503: "SERVICE_UNAVAILABLE", 0: "NETWORK_ERROR" };

async function reload(world: World): Promise<World> {
  world.destroy();
  await pass(SECOND);
  const next = inMemory(world.service, world.session$.get());
  void next.journey.start().catch(() => {});
  return next;
}

/** What a merchant can do, where the service lets them. */
function decide(what: (typeof MERCHANT)[number], it: Distribution): void {
  expire(it);
  const waits = it.own?.status === "QUEUED";
  const chosen = it.kind === "draw" || it.kind === "auction";
  const now = Date.now();
  if (it.state === "ended" && what !== "complete") return;
  if (what === "pause") it.state = "paused";
  if (what === "resume") it.state = "active";
  if (what === "close" && windowOf(it) !== "CLOSED") it.closeAt = now;
  if (what === "open") it.openAt = Math.min(it.openAt ?? now, now);
  if (what === "open" && !chosen && windowOf(it) === "CLOSED") it.closeAt = null;
  if (what === "end") end(it);
  if (what === "fill") it.capacity = it.others;
  if (what === "empty") it.capacity = null;
  if (what === "admit" && waits && it.kind !== "waitlist") admit(it);
  if (what === "deny" && waits) deny(it, "BOT_DETECTED");
  if (what === "complete" && it.own?.status === "ADMITTED") complete(it);
  if (what === "lose" && waits && chosen && windowOf(it) === "CLOSED") lose(it);
  if (what === "backup" && waits && it.kind === "draw" && it.own) it.own.outcome = "BACKUP";
}

function end(it: Distribution): void {
  it.state = "ended";
  if (it.own?.status === "QUEUED") deny(it, "QUEUE_CLOSED");
}

function lose(it: Distribution): void {
  it.decided = true;
  deny(it, "NOT_SELECTED");
}

async function act(pick: number, world: World): Promise<void> {
  const names = actions(world);
  const name = names[pick % Math.max(1, names.length)];
  const view = world.journey.view$.get();
  if (name === undefined || view.journeyStage !== "routed") return;
  const run = (view.sequence as unknown as Record<string, (...args: unknown[]) => Promise<void>>)[
    name
  ];
  void run?.(...(ARGS[name] ?? [])).catch(() => {});
  await pass(100);
}

const ARGS: Record<string, unknown[]> = {
  bid: ["500.00"],
  book: ["slot_1"],
  reschedule: ["slot_2"],
};

/** Everybody looks, and either asks for everything or waits for long enough. */
async function quieten(world: World, service: Service, refreshes: boolean): Promise<void> {
  service.failures.length = 0;
  world.visible$.set(true);
  world.online$.set(true);
  await pass(MINUTE);
  if (world.journey.view$.get().journeyStage === "ready") await started(world);
  if (refreshes) void world.journey.refresh();
  await pass(refreshes ? 5 * SECOND : 12 * MINUTE);
}

function actions(world: World): string[] {
  const view = world.journey.view$.get();
  if (view.journeyStage !== "routed") return [];
  return Object.entries(view.sequence)
    .filter(([, value]) => typeof value === "function")
    .map(([name]) => name);
}

function takes(service: Service, it: Distribution, name: string): boolean {
  expire(it);
  if (name === "checkout" || name === "release") return it.own?.status === "ADMITTED";
  return service.takes(it.id, name === "join" ? "enter" : name);
}

test("a session that is there is used, and none is begun to look", async () => {
  const { service } = launch("queue");

  await started(inMemory(service, GUEST));

  expect(service.asked("/consumers/me")).toHaveLength(1);
});
