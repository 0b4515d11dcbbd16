/** What every mechanism shares: entries, admissions, times, stock. */
import type { Mechanism } from "../journey/view.js";
import { type Entry, entered } from "./entry.js";
import type { FakeDistribution } from "./options.js";
import {
  closed,
  conflict,
  fingerprintRequired,
  full,
  neverEntered,
  notOpenYet,
} from "./problems.js";
import { admissionToken, type Body, type Place, statusBody } from "./status.js";
import { type Context, isoOrNull, time } from "./world.js";

export type { Entry } from "./entry.js";
export type { Body, Place } from "./status.js";

export abstract class Line {
  abstract readonly kind: Exclude<Mechanism, "waitlist">;
  readonly id: string;
  readonly entries: Entry[] = [];
  openAt: number | null;
  closeAt: number | null;
  state: "active" | "paused" | "ended" = "active";
  #sold = 0;
  #stock: number | null;

  constructor(
    readonly context: Context,
    readonly place: Place,
    readonly rules: FakeDistribution,
    kind: string,
  ) {
    this.id = context.ids.make(kind);
    this.openAt = time(rules.openAt);
    this.closeAt = time(rules.closeAt);
    this.#stock = rules.stock ?? null;
  }

  /** The mechanism's own fields of what everybody sees. */
  protected abstract details(): Body;

  /** How an entry came out, for those that choose. */
  protected outcome(_entry: Entry): string | null {
    return null;
  }

  /** What somebody who waits may expect. */
  protected outlook(_entry: Entry): Body {
    return { position: null, pollAfterMs: null };
  }

  /** Does what is due by now. */
  tick(): void {
    const now = this.context.clock.now();
    for (const entry of this.admitted()) {
      if (entry.expiresAt !== null && entry.expiresAt <= now) this.end(entry, "ADMISSION_EXPIRED");
    }
    if (this.#soldOut()) {
      for (const entry of this.waiting()) this.end(entry, "SOLD_OUT");
    }
  }

  show(): Body {
    return {
      id: this.id,
      name: this.rules.name ?? "Line",
      sequenceId: this.place.sequenceId,
      capacity: this.rules.maxCapacity ?? null,
      openAt: isoOrNull(this.openAt),
      closeAt: isoOrNull(this.closeAt),
      timeZone: "UTC",
      status: this.status(),
      consumerCount: this.waiting().length + this.admitted().length,
      notice: this.rules.notice ?? null,
      serverTime: this.context.clock.stamp(),
      ...this.details(),
    };
  }

  status(): string {
    const now = this.context.clock.now();
    if (this.state === "ended" || (this.closeAt !== null && now >= this.closeAt)) return "CLOSED";
    if (!this.opened()) return "PENDING";
    return this.state === "paused" ? "PAUSED" : "OPEN";
  }

  opened(): boolean {
    return this.openAt === null || this.context.clock.now() >= this.openAt;
  }

  /** Whether one may come in: while open or paused. */
  takesEntries(): boolean {
    return !["CLOSED", "PENDING"].includes(this.status());
  }

  latest(consumerId: string): Entry | undefined {
    return this.entries.findLast((entry) => entry.consumerId === consumerId);
  }

  waiting(): Entry[] {
    return this.entries.filter(({ state }) => state === "QUEUED");
  }

  admitted(): Entry[] {
    return this.entries.filter(({ state }) => state === "ADMITTED");
  }

  /** The entry as it stands where another one is not allowed; undefined where one is. */
  standing(consumerId: string): Entry | undefined {
    const entry = this.latest(consumerId);
    const again = entry?.state === "LEFT" || entry?.denyReason === "ADMISSION_EXPIRED";
    return again ? undefined : entry;
  }

  /** Raises what stands against coming in. */
  check(fingerprint: string | null): void {
    if (!fingerprint && (this.rules.fingerprintPolicy ?? "required") === "required") {
      throw fingerprintRequired();
    }
    if (!this.takesEntries()) {
      if (this.status() === "CLOSED" || this.openAt === null) throw closed(this.kind);
      throw notOpenYet(this.kind, this.openAt, this.context.clock.now());
    }
    if (this.#soldOut()) throw conflict("SOLD_OUT");
    const most = this.rules.maxCapacity ?? null;
    if (most !== null && this.waiting().length + this.admitted().length >= most) {
      throw full(this.kind);
    }
  }

  add(consumerId: string): Entry {
    const { clock, ids } = this.context;
    const entry = entered(ids.make("ent"), consumerId, this.entries.length + 1, clock.now());
    this.entries.push(entry);
    return entry;
  }

  leave(consumerId: string): Entry {
    const entry = this.known(consumerId);
    if (entry.state === "QUEUED" || entry.state === "ADMITTED") entry.state = "LEFT";
    return entry;
  }

  known(consumerId: string): Entry {
    const entry = this.latest(consumerId);
    if (!entry) throw neverEntered(this.kind);
    return entry;
  }

  admit(entry: Entry): void {
    const now = this.context.clock.now();
    entry.state = "ADMITTED";
    entry.admissionId = this.context.ids.make("adm");
    entry.admittedAt = now;
    entry.expiresAt = now + this.#seconds() * 1000;
  }

  complete(entry: Entry): void {
    entry.state = "COMPLETED";
    entry.completedAt = this.context.clock.now();
    this.#sold += 1;
  }

  end(entry: Entry, reason: string): void {
    entry.state = "DENIED";
    entry.denyReason = reason;
  }

  /** Nothing is left but what is held. */
  sellOut(): void {
    this.#stock = this.#sold + this.admitted().length;
  }

  /** How many more may be admitted. */
  free(): number {
    return (this.#stock ?? Number.POSITIVE_INFINITY) - this.#sold - this.admitted().length;
  }

  /** The status object. */
  body(entry: Entry): Body {
    const outlook = entry.state === "QUEUED" ? this.outlook(entry) : { pollAfterMs: null };
    const own = { outcome: this.outcome(entry), number: this.numberOf(entry) };
    return { ...statusBody(this, entry), ...own, ...outlook };
  }

  tokenOf(entry: Entry): string | null {
    return admissionToken(this, entry);
  }

  protected numberOf(entry: Entry): number | null {
    return entry.number;
  }

  #soldOut(): boolean {
    return this.free() <= 0 && this.admitted().length === 0;
  }

  #seconds(): number {
    const short = this.kind === "queue" || this.kind === "timed_release";
    return this.rules.admissionExpirationSeconds ?? (short ? 900 : 86_400);
  }
}
