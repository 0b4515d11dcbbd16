import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLocks, fakePatience } from "../support/locks.js";
import {
  FakeService,
  offline,
  openTab,
  problem,
  type Tab,
  unauthenticated,
  unhandled,
} from "../support/service.js";

beforeEach(() => {
  vi.useFakeTimers();
  fakePatience();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const ANSWERS = ["good", "lost", "refused", "busy", "slow"] as const;
type Answer = (typeof ANSWERS)[number];

const tab = fc.nat(1);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("call" as const), tab }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("expire" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom("guest" as const, "logout" as const), tab }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("revoke" as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      seconds: fc.constantFrom(0, 1, 40, 3600),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function act(tabs: readonly Tab[], service: FakeService, taken: Step): Promise<unknown> {
  const tab = "tab" in taken ? tabs[taken.tab] : undefined;
  if (taken.kind === "call") return tab?.consumer.getMe() ?? Promise.resolve();
  if (taken.kind === "guest") return tab?.auth.guest() ?? Promise.resolve();
  if (taken.kind === "logout") return tab?.auth.logout() ?? Promise.resolve();
  if (taken.kind === "expire") service.expireAll();
  if (taken.kind === "revoke") service.revokeAll();
  return Promise.resolve();
}

function answering(service: FakeService, refreshes: Answer[], calls: Answer[]): void {
  service.twist = (seen) => {
    const refresh = seen.path.endsWith("/refresh");
    const answers = refresh ? refreshes : calls;
    const answer = refresh || seen.path.endsWith("/me") ? (answers.shift() ?? "slow") : "good";
    if (answer === "refused") return unauthenticated();
    if (answer === "busy") return problem(503, "SERVICE_UNAVAILABLE", { retryAfter: 2 });
    if (answer === "slow") return new Promise((done) => setTimeout(done, 4_000, undefined));
    if (answer === "lost") {
      service.answer(seen);
      return offline();
    }
    return undefined;
  };
}

test.each([
  ["with Web Locks", () => new FakeLocks()],
  ["without Web Locks", () => undefined],
])(
  "no answers make two tabs refresh at once, or go round, %s",
  async (_, browser) => {
    const caught = unhandled();
    const steps = fc.array(step, { maxLength: 16 });
    const answers = fc.array(fc.constantFrom(...ANSWERS), { maxLength: 16 });
    const property = fc.asyncProperty(steps, answers, answers, async (taken, refreshes, calls) => {
      vi.stubGlobal("navigator", { onLine: true, locks: browser() });
      localStorage.clear();
      const service = new FakeService();
      const tabs = await Promise.all([openTab(service), openTab(service)]);
      const begun = tabs[0]?.auth.guest();
      await vi.advanceTimersByTimeAsync(100);
      await begun;
      answering(service, [...refreshes], [...calls]);
      const ends: Promise<unknown>[] = [];
      for (const each of taken) {
        ends.push(act(tabs, service, each).catch(() => {}));
        await vi.advanceTimersByTimeAsync(each.kind === "pass" ? each.seconds * 1000 : 1);
      }
      await vi.advanceTimersByTimeAsync(300_000);

      await Promise.all(ends);
      for (const tab of tabs) tab.destroy();

      const acts = taken.filter(({ kind }) => kind === "call" || kind === "logout").length;
      // Each try of a refresh is one of three; a call may need one before it and one after.
      expect(service.calls("/auth/refresh").length).toBeLessThanOrEqual(6 * acts);
      expect(service.calls("/consumers/me").length).toBeLessThanOrEqual(2 * acts);
      expect(service.mostRefreshing).toBeLessThanOrEqual(1);
    });
    await fc.assert(property, { numRuns: 200 });
    expect(caught()).toEqual([]);
  },
  60_000,
);
