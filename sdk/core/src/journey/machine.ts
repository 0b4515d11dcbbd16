/** A customer's way through one experience: what is known of it, and what is asked. */
import type { FanfareError } from "../errors.js";
import type { Ground } from "../ground/ground.js";
import type { Experience, RouteAnswer, SessionDetails } from "../wire/index.js";
import { persist } from "./acts.js";
import { entered, led, listed, NOTHING, waitlistOf } from "./choose.js";
import type { Followed } from "./facts.js";
import type { Hears, Reading } from "./follow.js";
import { type Post, Posts } from "./posts.js";
import type { Course } from "./project.js";
import { asFanfareError, isOffline, pause } from "./retry.js";
import type { AccessCodeResult, GateAnswers } from "./view.js";
import { askWay, type Found, find, kept } from "./way.js";

export class Machine {
  stage: Course["stage"] = "ready";
  experience: Experience | null = null;
  route: RouteAnswer | null = null;
  online = true;
  error: FanfareError | null = null;
  /** The reading that has raised it; null where something was done. */
  private raisedBy: Reading | null = null;
  readonly posts: Posts;
  private answers: GateAnswers = {};
  private chosen: string | null = null;
  /** The distribution whose end the way has been asked for again. */
  private overAt: string | null = null;
  private session: SessionDetails | null;
  private readonly listeners = new Set<() => void>();

  readonly hears: Hears = {
    changed: () => {
      this.publish();
      this.lookElsewhere();
    },
    answered: (by) => {
      const mended = this.mends(by);
      if (this.online && !mended) return;
      this.online = true;
      if (mended) this.error = null;
      this.publish();
    },
    failed: (error, by) => void this.failed(error, pause(error, 0) === null, by),
  };

  constructor(
    readonly ground: Ground,
    readonly experienceId: string,
    private readonly display: () => void,
  ) {
    this.posts = new Posts(ground, this.hears);
    this.session = ground.session$.get();
    const stop = ground.session$.listen((session) => this.becomes(session));
    ground.signal.addEventListener("abort", stop, { once: true });
  }

  /** Calls back at every change; returns what stops it. */
  readonly heed = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  course(): Course {
    const { stage, experience, route, posts } = this;
    const of = (post: Post | null) => post && { ...post, facts: post.follower.facts };
    return { stage, experience, route, shown: of(posts.shown), aside: of(posts.aside) };
  }

  /** From ready to gated or routed; back to ready where that is of no use. */
  async start(accessCode?: string): Promise<void> {
    if (accessCode) this.answers = { accessCode };
    this.stage = "routing";
    this.publish();
    try {
      await this.readAll();
    } catch (thrown) {
      this.stage = "ready";
      this.publish();
      throw thrown;
    }
  }

  /** Reads everything anew, for as long as it takes to get through. */
  async readAll(): Promise<void> {
    const holds = () => !this.ground.signal.aborted;
    const failed = this.failed.bind(this);
    const patience = { repeats: true, holds, heed: this.heed, failed };
    try {
      await persist(this.ground, () => this.read(), patience);
    } catch (thrown) {
      throw this.failed(asFanfareError(thrown));
    }
    this.mended();
  }

  /** Asks for the way with all that was given. */
  async askAgain(given: GateAnswers): Promise<void> {
    const { experience } = this;
    if (experience === null) return this.readAll();
    const route = await this.ask(given);
    await this.follow({ experience, route, journeys: [] });
    this.mended();
  }

  /** Tries a code; an entry that goes on stays in view, and what the code opens is an offer. */
  async tryCode(accessCode: string): Promise<AccessCodeResult> {
    const { experience, route: before } = this;
    const route = await this.ask({ accessCode });
    const { outcome, sequenceId } = route;
    const moved = outcome === "routed" && sequenceId !== before?.sequenceId;
    if (this.posts.inside()) this.route = outcome === "routed" ? route : before;
    else if (experience !== null) await this.follow({ experience, route, journeys: [] });
    this.mended();
    if (outcome === "gated") return { outcome };
    return { outcome: moved ? "advanced" : "unchanged", ...(sequenceId && { sequenceId }) };
  }

  /** Shows this one from now on, whatever else is offered. */
  async choose(distributionId: string): Promise<void> {
    this.chosen = distributionId;
    await this.show(this.pick(undefined), false);
    this.mended();
  }

  /** Tells what went wrong; it `lasts` where nothing tries again by itself. */
  failed(error: FanfareError, lasts = true, by: Reading | null = null): FanfareError {
    if (error.code === "ABORTED") return error;
    if (isOffline(error)) this.online = false;
    if (lasts) [this.error, this.raisedBy] = [error, by];
    this.publish();
    return error;
  }

  mended(): void {
    this.online = true;
    this.error = null;
    this.publish();
  }

  /** Whether this answer ends the error; after one's own status nothing else may be read any more. */
  private mends(by: Reading): boolean {
    const { error, raisedBy } = this;
    if (error === null) return false;
    return isOffline(error) || raisedBy === by || (raisedBy !== null && by === "own");
  }

  private publish(): void {
    this.display();
    for (const each of this.listeners) each();
  }

  private async read(): Promise<void> {
    const who = this.session;
    await this.follow(await find(this.ground, this.experienceId, this.answers));
    if (!changed(who, this.session)) return;
    this.posts.forget();
    await this.read();
  }

  private async ask(given: GateAnswers): Promise<RouteAnswer> {
    const answers = { ...this.answers, ...given };
    const route = await askWay(this.ground, this.experienceId, answers);
    this.answers = kept(answers, route);
    return route;
  }

  /** Whoever is in something stays in it, whatever the gates say now. */
  private async follow({ experience, route, journeys }: Found): Promise<void> {
    this.answers = kept(this.answers, route);
    this.experience = experience;
    this.route = route;
    const live = entered(journeys, this.experienceId)?.participation.id;
    await this.show(this.pick(live), route.outcome === "no_access" && live === undefined);
    this.stage = "resolved";
  }

  private pick(live: string | undefined): Followed | null {
    const { experience, route } = this;
    if (experience === null || route === null) return null;
    const all = listed(experience);
    const by = (id: string | null | undefined) => all.find((each) => each.distributionId === id);
    const mine = by(this.chosen) ?? by(live);
    return mine ?? (route.outcome === "gated" ? null : (led(experience, route) ?? NOTHING));
  }

  private async show(place: Followed | null, barred: boolean): Promise<void> {
    const { experience, posts } = this;
    await posts.show(place, experience && place && waitlistOf(experience, place), barred);
    if (posts.over()) this.overAt = place?.distributionId ?? null;
  }

  /** What has closed to somebody outside may have left another way open, and so may being told. */
  private lookElsewhere(): void {
    const { ground, posts } = this;
    const id = posts.shown?.place.distributionId ?? null;
    if (this.overAt === id || !posts.over()) return;
    this.overAt = id;
    const spread = 1_000 + Math.random() * 20_000;
    ground.timers.after(spread, () => void this.readAll().catch(() => {}));
  }

  /** Somebody else's entries are somebody else's: everything is read anew. */
  private becomes(session: SessionDetails | null): void {
    const before = this.session;
    this.session = session;
    if (this.stage !== "resolved" || !changed(before, session)) return;
    this.chosen = null;
    this.posts.forget();
    this.readAll().catch(() => {});
  }
}

/** Whether this is somebody else; a guest who has just begun has nothing yet. */
function changed(before: SessionDetails | null, now: SessionDetails | null): boolean {
  if (before === null && now?.type === "guest") return false;
  return before?.consumerId !== now?.consumerId || before?.type !== now?.type;
}
