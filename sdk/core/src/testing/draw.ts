/** The draw: who wins is said by `draw`, else whoever entered first. */
import { type Body, type Entry, Line, type Place } from "./line.js";
import type { FakeDistribution } from "./options.js";
import { type Context, HOUR, iso, time } from "./world.js";

/** Consumers, or how many; default: as many as the draw has winners. */
export type Winners = readonly string[] | number;

export class FakeDraw extends Line {
  readonly kind = "draw";
  readonly drawAt: number;
  #drawn = false;
  #entrants: number | null = null;

  constructor(context: Context, place: Place, rules: FakeDistribution) {
    super(context, place, rules, "draw");
    this.drawAt = time(rules.drawAt) ?? context.clock.now() + HOUR;
    this.closeAt ??= this.drawAt;
  }

  override tick(): void {
    super.tick();
    const due = this.opened() && this.context.clock.now() >= this.drawAt;
    if (due && this.state === "active") this.draw();
    if (this.#drawn && this.admitted().length === 0) {
      for (const entry of this.waiting()) this.end(entry, "NOT_SELECTED");
    }
  }

  override status(): string {
    if (this.#drawn) return "DRAWN";
    const status = super.status();
    return status === "PAUSED" ? "OPEN" : status;
  }

  override takesEntries(): boolean {
    return this.status() === "OPEN";
  }

  override check(fingerprint: string | null): void {
    if (this.#drawn) this.state = "ended";
    super.check(fingerprint);
  }

  /** Draws, once: the winners are admitted, backups wait, all others have lost. */
  draw(winners: Winners = this.#winnerCount()): void {
    if (this.#drawn) return;
    const entrants = this.waiting();
    this.#entrants = entrants.length;
    this.#drawn = true;
    this.closeAt = Math.min(this.closeAt ?? this.drawAt, this.context.clock.now());
    const won =
      typeof winners === "number"
        ? entrants.slice(0, winners)
        : entrants.filter(({ consumerId }) => winners.includes(consumerId));
    const others = entrants.filter((entry) => !won.includes(entry));
    for (const entry of won) this.admit(entry);
    for (const entry of others.slice(this.rules.backupCount ?? 0)) this.end(entry, "NOT_SELECTED");
  }

  protected details(): Body {
    const inside = this.waiting().length + this.admitted().length;
    return {
      status: this.status(),
      drawAt: iso(this.drawAt),
      winnerCount: this.#winnerCount(),
      entrantCount: this.#entrants ?? inside,
      proof: `${this.context.apiUrl}/api/v1/draws/${this.id}/proof`,
    };
  }

  protected override outcome(entry: Entry): string {
    if (entry.admittedAt !== null) return "WON";
    if (this.#drawn && entry.state === "QUEUED") return "BACKUP";
    const lost = this.#drawn || entry.denyReason === "NOT_SELECTED";
    return entry.state === "DENIED" && lost ? "LOST" : "ENTERED";
  }

  #winnerCount(): number {
    return this.rules.winnerCount ?? 1;
  }
}
