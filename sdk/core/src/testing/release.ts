/** The timed release: whoever comes while there is some is admitted at once. */
import { type Body, type Entry, Line, type Place } from "./line.js";
import type { FakeDistribution } from "./options.js";
import { full } from "./problems.js";
import type { Context } from "./world.js";

export class FakeTimedRelease extends Line {
  readonly kind = "timed_release";

  constructor(context: Context, place: Place, rules: FakeDistribution) {
    super(context, place, rules, "timed_release");
  }

  override standing(consumerId: string): Entry | undefined {
    const mine = this.entries.filter((entry) => entry.consumerId === consumerId);
    const completed = mine.filter(({ state }) => state === "COMPLETED").length;
    const live = mine.some(({ state }) => state === "ADMITTED");
    return live || completed >= this.#limit() ? mine.at(-1) : undefined;
  }

  override check(fingerprint: string | null): void {
    super.check(fingerprint);
    if (this.status() !== "OPEN" || this.free() <= 0) throw full(this.kind);
  }

  override add(consumerId: string): Entry {
    const entry = super.add(consumerId);
    this.admit(entry);
    return entry;
  }

  protected details(): Body {
    return { perConsumerLimit: this.#limit(), nextWaveAt: null };
  }

  #limit(): number {
    return this.rules.perConsumerLimit ?? 1;
  }
}
