/** Follows one distribution: keeps what is known of it fresh, as often as is worth it. */
import type { FanfareError } from "../errors.js";
import { unreachable } from "../ground/answers.js";
import type { Call, Ground } from "../ground/ground.js";
import type { StatusOf } from "./distribution.js";
import { type Facts, type Followed, type Looks, nothingKnown, type Read } from "./facts.js";
import { KINDS } from "./kinds/index.js";
import type { Kind } from "./kinds/kind.js";
import { looksOf, nextTurn } from "./looks.js";
import { callOf, learned, READS } from "./reads.js";
import { asFanfareError, rest } from "./retry.js";
import type { Mechanism } from "./view.js";

const AWAY = 60_000;
const LONGEST_SLEEP = 600_000;
const UNHELD = { until: 0, failures: 0 };

/** What is read as long as somebody looks. */
export type Reading = Read | "slots";

/** Who is told of what a follower learns. */
export interface Hears {
  changed(): void;
  answered(by: Reading): void;
  failed(error: FanfareError, by: Reading): void;
}

/** Begins with `start`; ends with `stop`, and with the ground. */
export class Follower {
  readonly kind: Kind<Mechanism>;
  facts: Facts;
  private readonly flights = new Map<Read, Promise<void>>();
  private held: Readonly<Record<Read, typeof UNHELD>> = this.free();
  private wanted: Looks = {};
  private hiddenSince: number | null = null;
  private stops: (() => void)[] = [];
  private cancel = () => {};
  private live = false;
  private failure: FanfareError | null = null;
  /** Grows whenever all that was asked of the customer before is out of date. */
  age = 0;

  constructor(
    private readonly ground: Ground,
    readonly of: Followed,
    private readonly hears: Hears,
  ) {
    this.kind = KINDS[of.mechanism];
    this.facts = nothingKnown(of.mechanism, of.details, of.readAt);
  }

  start(): void {
    const { clock, page } = this.ground;
    if (this.live) return;
    this.live = true;
    this.hiddenSince = page.visible$.get() ? null : this.now();
    this.stops = [
      page.visible$.listen((visible) => this.seen(visible)),
      page.online$.listen((online) => online && this.reconnected()),
      page.onWake(AWAY, () => this.again()),
      clock.offset$.listen((now, before = now) => this.turned(now - before)),
    ];
    this.plan();
  }

  readonly stop = (): void => {
    this.live = false;
    this.cancel();
    for (const each of this.stops.splice(0)) each();
  };

  /** Adds to what is known, and looks again when that is worth it; forgets what makes no sense. */
  learn(news: Partial<Facts>): void {
    const before = this.facts;
    try {
      this.facts = { ...before, ...news };
      this.plan();
      this.hears.changed();
    } catch (error) {
      this.facts = before;
      throw error;
    }
  }

  /** What an action was answered with: where the customer stands now. */
  stands(own: StatusOf<Mechanism> | null): void {
    const spent = own?.status === "COMPLETED" && this.facts.own?.status === "COMPLETED";
    const refused = spent ? { code: "LIMIT", until: Infinity, opensAt: null } : null;
    this.outdate();
    this.learn({ ...learned(this.facts, "own", own, this.now()), calledAt: null, refused });
  }

  /** Reads now; resolves also where that fails. */
  read(what: Read): Promise<void> {
    const call = callOf(this.of, what);
    const flight = this.flights.get(what) ?? (call === null ? null : this.ask(what, call));
    if (flight === null) return Promise.resolve();
    this.flights.set(what, flight);
    return flight;
  }

  /** Reads where the customer stands; what is under way was asked too early to tell. */
  readAnew(): Promise<void> {
    this.outdate();
    return this.read("own");
  }

  /** Asks where the customer stands, if there is somebody to ask about; raises what went wrong. */
  async know(): Promise<void> {
    if (this.ground.session$.get() === null) return;
    await this.read("own");
    if (this.failure !== null) throw this.failure;
  }

  /** Nothing is known of the customer any more: they are somebody else. */
  forget(): void {
    const readAt = { ...this.facts.readAt, own: 0 };
    this.outdate();
    this.learn({ own: null, refused: null, calledAt: null, readAt });
  }

  /** Reads everything soon: spread by a second, for many may have been waiting for the same. */
  again(): void {
    const soon = this.soon();
    this.want({ details: soon, own: soon, card: soon });
    this.plan();
  }

  private want(looks: Looks): void {
    this.wanted = { ...this.wanted, ...looks };
  }

  private soon(): number {
    return this.now() + this.facts.luck * 1_000;
  }

  private outdate(): void {
    this.age += 1;
    this.flights.delete("own");
  }

  private plan(): void {
    this.cancel();
    if (!this.live) return;
    const now = this.now();
    const due = this.due(now);
    const next = Math.min(nextTurn(this.facts, now), ...READS.map((each) => due[each]));
    const sleep = Math.max(0, Math.min(next - now, LONGEST_SLEEP));
    this.cancel = this.ground.timers.after(sleep, () => this.look());
  }

  private look(): void {
    const now = this.now();
    const due = this.due(now);
    for (const each of READS) if (now >= due[each]) void this.read(each);
    this.plan();
    this.hears.changed();
  }

  private due(now: number): Record<Read, number> {
    const known = this.ground.session$.get() !== null;
    const visible = this.ground.page.visible$.get();
    const looks = looksOf(this.kind, this.facts, now, { visible });
    const at = (what: Read) => {
      const asks = callOf(this.of, what) !== null && (what !== "own" || known);
      if (!asks || this.flights.has(what)) return Infinity;
      const soonest = Math.min(looks[what] ?? Infinity, this.wanted[what] ?? Infinity);
      return Math.max(soonest, this.held[what].until);
    };
    return { details: at("details"), own: at("own"), card: at("card") };
  }

  private async ask(what: Read, call: Call): Promise<void> {
    const { age } = this;
    const late = () => what === "own" && age !== this.age;
    try {
      const answer = await this.ground.calls.send(call);
      if (answer === null) throw unreachable();
      if (!late()) this.settle(what, answer);
    } catch (thrown) {
      if (!late()) this.fail(what, asFanfareError(thrown));
    } finally {
      if (late()) this.want({ own: this.soon() });
      else this.flights.delete(what);
      this.plan();
    }
  }

  private settle(what: Read, answer: unknown): void {
    if (this.ground.signal.aborted) return;
    this.held = { ...this.held, [what]: UNHELD };
    if (what === "own") this.failure = null;
    this.want({ [what]: Infinity });
    this.learn(learned(this.facts, what, answer, this.now()));
    this.hears.answered(what);
  }

  private fail(what: Read, error: FanfareError): void {
    if (what === "own") this.failure = error;
    if (this.ground.signal.aborted) return;
    if (what === "own" && error.code.startsWith("NOT_IN_")) {
      this.settle(what, null);
      return;
    }
    const failures = this.held[what].failures + 1;
    const until = this.now() + rest(error, failures - 1);
    this.held = { ...this.held, [what]: { until, failures } };
    this.hears.failed(error, what);
  }

  private seen(visible: boolean): void {
    const since = this.hiddenSince;
    this.hiddenSince = visible ? null : this.now();
    if (since !== null && visible && this.now() - since > AWAY) this.again();
    else this.plan();
  }

  /** What was read by a wrong clock may seem to come from the future, and then is never read again. */
  private turned(by: number): void {
    if (Math.abs(by) > AWAY) this.reconnected();
  }

  private reconnected(): void {
    this.held = this.free();
    this.again();
  }

  private free() {
    return { details: UNHELD, own: UNHELD, card: UNHELD };
  }

  private now(): number {
    return this.ground.clock.now();
  }
}
