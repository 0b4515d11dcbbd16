/** A small model of the service's rules for one customer among others; time is the fake timers'. */
import type { Call } from "../../src/ground/ground.js";
import { FanfareError } from "../../src/index.js";
import { type Distribution, view } from "./distributions.js";
import { act, statusOf } from "./rules.js";

export interface Sequence {
  readonly id: string;
  readonly priority: number;
  code?: string;
  signedIn?: boolean;
  botCheck?: boolean;
  /** Whether this customer is in its audience. */
  excluded?: boolean;
  readonly has: Distribution[];
}

const WORDS: Record<string, string> = {
  queue: "queues",
  draw: "draws",
  auction: "auctions",
  appointment: "appointments",
  timed_release: "timedReleases",
};

export class Service {
  readonly calls: Call[] = [];
  /** Answers that come instead of the next ones, by what their path contains. */
  readonly failures: { when: string; error: FanfareError | null; body?: object | null }[] = [];
  readonly opened = new Set<string>();
  authenticated = false;

  constructor(readonly sequences: Sequence[]) {}

  get all(): Distribution[] {
    return this.sequences.flatMap((each) => each.has);
  }

  /** Paths of the calls so far, without the prefix. */
  asked(contains = ""): string[] {
    return this.calls
      .map(({ method, path }) => `${method} ${path.replace("/api/v1", "")}`)
      .filter((each) => each.includes(contains));
  }

  /** Null: something on the way answers with an object that is not the service's. */
  fail(when: string, error: FanfareError | null, times = 1): void {
    for (let each = 0; each < times; each += 1) this.failures.push({ when, error });
  }

  /** Something on the way answers with nothing at all. */
  empty(when: string): void {
    this.failures.push({ when, error: null, body: null });
  }

  answer(call: Call, known: boolean): unknown {
    this.calls.push(call);
    const at = this.failures.findIndex(({ when }) => call.path.includes(when));
    const [failure] = at >= 0 ? this.failures.splice(at, 1) : [];
    if (failure?.error) throw failure.error;
    if (failure) return failure.body === undefined ? {} : failure.body;
    if (call.as === "consumer" && !known) throw refusal(401, "AUTHENTICATION_REQUIRED");
    const [first = "", id = "", verb = ""] = call.path.replace("/api/v1/", "").split("/");
    if (first === "consumers") return this.me();
    if (first === "experiences" && verb === "route") return this.route(call.body as never, known);
    if (first === "experiences" && verb === "leave") return this.leaveAll();
    if (first === "experiences") return this.experience();
    const found = this.all.find((each) => each.id === id);
    if (found === undefined) throw refusal(404, "NOT_FOUND");
    if (verb !== "" && verb !== "line" && verb !== "slots" && verb !== "status") {
      this.guard(found);
    }
    return act(found, verb, call.body as never);
  }

  /** Whether the service would take this now, as an action of the view is called. */
  takes(id: string, verb: string): boolean {
    const found = this.all.find((each) => each.id === id);
    if (found === undefined) return false;
    const copy = structuredClone(found);
    try {
      this.guard(found);
      act(copy, verb, verb === "bid" ? ({ amount: "999999.00" } as never) : ({} as never));
      return true;
    } catch {
      return false;
    }
  }

  experience() {
    return {
      id: "exp_1",
      name: "Launch",
      openAt: null,
      closeAt: null,
      timeZone: "UTC",
      theme: null,
      i18n: null,
      currencyCode: "EUR",
      checkoutUrl: null,
      product: null,
      notice: null,
      serverTime: new Date().toISOString(),
      sequences: this.sequences.map((each) => this.path(each)),
    };
  }

  private path({ id, priority, code, has }: Sequence) {
    const of = (kind: string) => has.filter((each) => each.kind === kind).map(view);
    const lists = Object.entries(WORDS).map(([kind, word]) => [word, of(kind)]);
    return {
      id,
      name: id,
      color: null,
      priority,
      hasAccessCode: code !== undefined,
      waitlist: of("waitlist")[0] ?? null,
      ...Object.fromEntries(lists),
    };
  }

  private route(given: { accessCode?: string; challenge?: string }, known: boolean) {
    const paths = [...this.sequences]
      .filter((each) => each.has.length > 0 && !each.excluded)
      .sort((one, other) => other.priority - one.priority)
      .map((each) => ({ each, gates: this.gates(each, given, known) }));
    const easy = paths.filter(({ gates }) => !gates.includes("access_code"));
    const open = easy.find(({ gates }) => gates.length === 0);
    if (open) {
      if (known) this.opened.add(open.each.id);
      const offers = offered(open.each);
      return { ...this.way("routed", open.each.id), offers, gates: [] };
    }
    const next = easy[0] ?? paths[0];
    if (next === undefined) return { ...this.way("no_access", null), offers: [], gates: [] };
    const gates = next.gates.map((kind) => ({ kind, methods: ["otp"], provider: "altcha" }));
    return { ...this.way("gated", next.each.id), offers: [], gates };
  }

  private way(outcome: string, sequenceId: string | null) {
    return { outcome, experienceId: "exp_1", sequenceId };
  }

  private gates(
    { id, code, signedIn, botCheck }: Sequence,
    given: { accessCode?: string; challenge?: string },
    known: boolean,
  ): string[] {
    const passed = this.opened.has(id);
    const others = [
      ...(signedIn && !this.authenticated ? ["authentication"] : []),
      ...(code && !passed && given.accessCode !== code ? ["access_code"] : []),
    ];
    // A challenge is looked at only where it opens the way.
    const solved = known && given.challenge === "solved" && others.length === 0;
    return botCheck && !passed && !solved ? [...others, "bot_check"] : others;
  }

  private guard(found: Distribution): void {
    const sequence = this.sequences.find((each) => each.has.includes(found));
    const gated = sequence?.code || sequence?.signedIn || sequence?.botCheck || sequence?.excluded;
    if (gated && found.own === null && !this.opened.has(sequence.id)) {
      throw refusal(403, "NOT_ROUTED");
    }
  }

  private me() {
    const live = this.all.filter((each) => {
      const status = each.own && statusOf(each).status;
      return status === "QUEUED" || status === "ADMITTED" || status === "waitlisted";
    });
    const journeys = live.map((each) => ({
      experienceId: "exp_1",
      sequenceId: each.sequenceId,
      journeyStage: statusOf(each).status === "ADMITTED" ? "admitted" : "routed",
      sequenceStage: "participating",
      participation: { type: each.kind, id: each.id, status: statusOf(each).status },
    }));
    return { id: "cons_1", active: { journeys } };
  }

  private leaveAll(): null {
    for (const each of this.all) {
      const status = each.own && statusOf(each).status;
      const bound = each.kind === "auction" && status === "QUEUED";
      if (each.own && !bound && (status === "QUEUED" || status === "ADMITTED")) {
        each.own = { ...each.own, status: "LEFT" };
      }
    }
    return null;
  }
}

export function refusal(
  status: number,
  code: string,
  more: { retryAfter?: number; opensAt?: Date } = {},
): FanfareError {
  const told = more.retryAfter !== undefined;
  const retryable = status >= 500 || status === 429 || status === 0 || told;
  return new FanfareError(code, "A sentence that tells what to do.", {
    status,
    retryable,
    ...more,
  });
}

function offered({ id, has }: Sequence) {
  const states = has.map((each) => ({ each, status: view(each)["status"] }));
  const live = states.filter(
    ({ status }) => !["CLOSED", "DRAWN", "SETTLED"].includes(String(status)),
  );
  const enterable = live.filter(
    ({ each, status }) => each.kind !== "waitlist" && status !== "PENDING",
  );
  const later = live.filter(({ each, status }) => each.kind !== "waitlist" && status === "PENDING");
  const waitlists = enterable.length > 0 ? [] : live.filter(({ each }) => each.kind === "waitlist");
  return [...enterable, ...waitlists, ...later].map(({ each }) => ({
    sequenceId: id,
    mechanism: each.kind,
    distributionId: each.id,
  }));
}
