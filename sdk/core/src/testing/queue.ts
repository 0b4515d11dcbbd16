/** The queue: nobody is admitted but by `admit`. */
import { type Body, type Entry, Line, type Place } from "./line.js";
import type { FakeDistribution } from "./options.js";
import { type Context, iso, time } from "./world.js";

const MOST_MARKS = 64;

export class FakeQueue extends Line {
  readonly kind = "queue";
  readonly lobbyOpensAt: number | null;
  #version = 0;

  constructor(context: Context, place: Place, rules: FakeDistribution) {
    super(context, place, rules, "queue");
    this.lobbyOpensAt = time(rules.lobbyOpensAt);
  }

  override takesEntries(): boolean {
    return super.takesEntries() || this.#inLobby();
  }

  /** The line card: the same for everybody. */
  card(): Body {
    this.#version = Math.max(this.#version + 1, this.context.clock.now());
    const waiting = this.waiting();
    const served = this.entries.filter(({ admittedAt }) => admittedAt !== null);
    const serving = Math.max(0, ...served.map(({ number }) => number));
    const lobby = !this.opened();
    return {
      queueId: this.id,
      version: this.#version,
      status: this.status(),
      serverTime: this.context.clock.stamp(),
      serving,
      tail: this.entries.length,
      waiting: waiting.length,
      numbersServedPerMinute: null,
      pollAfterMs: this.status() === "OPEN" ? 1000 : 5000,
      presence: { upTo: lobby ? 0 : this.#present(serving), everyMs: 15_000 },
      ...(this.#precise() ? { marks: lobby ? [] : marks(waiting) } : {}),
      notice: this.rules.notice ?? null,
    };
  }

  protected details(): Body {
    const { positionDisplay = "precise" } = this.rules;
    const lobby = this.lobbyOpensAt;
    return {
      positionDisplay,
      ...(lobby === null ? {} : { lobbyOpensAt: iso(lobby), shuffle: null }),
    };
  }

  protected override outlook(entry: Entry): Body {
    if (!this.opened()) return { position: null, pollAfterMs: 30_000 };
    const place = this.waiting().indexOf(entry) + 1;
    const pollAfterMs = Math.max(1000, Math.min(30_000, place * 100));
    if (this.#precise()) return { position: place, pollAfterMs };
    return { position: null, pollAfterMs, band: band(place) };
  }

  protected override numberOf(entry: Entry): number | null {
    return this.opened() ? entry.number : null;
  }

  #inLobby(): boolean {
    const lobby = this.lobbyOpensAt;
    return this.status() === "PENDING" && lobby !== null && this.context.clock.now() >= lobby;
  }

  #precise(): boolean {
    return this.rules.positionDisplay !== "qualitative";
  }

  #present(serving: number): number {
    return Math.max(serving, Math.min(this.entries.length, serving + 100));
  }
}

function band(place: number): string {
  if (place <= 10) return "next";
  return place <= 100 ? "near" : "far";
}

/** Numbers, each with how many wait before it; few enough to send. */
function marks(waiting: readonly Entry[]): [number, number][] {
  const step = Math.max(1, Math.ceil(waiting.length / MOST_MARKS));
  const all = waiting.map(({ number }, ahead): [number, number] => [number, ahead]);
  return all.filter((_, index) => index % step === 0 || index === all.length - 1);
}
