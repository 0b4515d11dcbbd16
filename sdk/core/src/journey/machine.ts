/** A customer's way through one experience: what is known of it, and what is asked. */
import type { FanfareError } from "../errors.js";
import type { Ground } from "../ground/ground.js";
import type { Experience, RouteAnswer, SessionDetails } from "../wire/index.js";
import { persist } from "./acts.js";
import { entered, led, listed, NOTHING } from "./choose.js";
import type { Followed } from "./facts.js";
import { Follower } from "./follow.js";
import { phaseOf } from "./phases.js";
import type { Course } from "./project.js";
import { asFanfareError, isOffline, pause } from "./retry.js";
import type { AccessCodeResult, GateAnswers } from "./view.js";
import { askWay, type Found, find, kept } from "./way.js";

/** What is shown, and who keeps it fresh. */
export interface Post {
  readonly place: Followed;
  /** Nothing of it is for this customer. */
  readonly barred: boolean;
  readonly follower: Follower;
}

const INSIDE: ReadonlySet<string> = new Set(["participating", "settling", "granted"]);

export class Machine {
  stage: Course["stage"] = "ready";
  experience: Experience | null = null;
  route: RouteAnswer | null = null;
  shown: Post | null = null;
  /** The waitlist of the sequence that is shown. */
  aside: Post | null = null;
  online = true;
  error: FanfareError | null = null;
  private answers: GateAnswers = {};
  private chosen: string | null = null;
  private session: SessionDetails | null;

  constructor(
    readonly ground: Ground,
    readonly experienceId: string,
    private readonly publish: () => void,
  ) {
    this.session = ground.session$.get();
    const stop = ground.session$.listen((session) => this.becomes(session));
    ground.signal.addEventListener("abort", stop, { once: true });
  }

  course(): Course {
    const { stage, experience, route } = this;
    const of = (post: Post | null) => post && { ...post, facts: post.follower.facts };
    return { stage, experience, route, shown: of(this.shown), aside: of(this.aside) };
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
      throw this.failed(asFanfareError(thrown));
    }
  }

  /** Reads everything anew, for as long as it takes to get through. */
  async readAll(): Promise<void> {
    const holds = () => !this.ground.signal.aborted;
    const failed = (error: FanfareError) => this.failed(error);
    await persist(this.ground, () => this.read(), { holds, failed });
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
    if (this.inside()) this.route = outcome === "routed" ? route : before;
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

  failed(error: FanfareError): FanfareError {
    if (error.code === "ABORTED") return error;
    if (isOffline(error)) this.online = false;
    else if (pause(error, 0) === null) this.error = error;
    this.publish();
    return error;
  }

  mended(): void {
    this.online = true;
    this.error = null;
    this.publish();
  }

  private async read(): Promise<void> {
    const who = this.session;
    await this.follow(await find(this.ground, this.experienceId, this.answers));
    if (changed(who, this.session)) await this.read();
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
    const waitlist = place?.mechanism === "waitlist" ? null : this.waitlistOf(place);
    const shown = this.post(this.shown, place, barred);
    const aside = this.post(this.aside, waitlist, barred);
    if (shown && !barred) await shown.follower.know();
    if (aside && !barred) await aside.follower.read("own");
    for (const old of [this.shown, this.aside]) {
      if (old?.follower !== shown?.follower && old?.follower !== aside?.follower)
        old?.follower.stop();
    }
    this.shown = shown;
    this.aside = aside;
    for (const each of [shown, aside]) if (each && !barred) each.follower.start();
  }

  private post(old: Post | null, place: Followed | null, barred: boolean): Post | null {
    if (place === null) return null;
    if (old?.place.distributionId !== place.distributionId) {
      return { place, barred, follower: new Follower(this.ground, place, this.hears) };
    }
    const { follower } = old;
    const readAt = { ...follower.facts.readAt, details: this.ground.clock.now() };
    follower.learn({ details: place.details, refused: null, readAt });
    return { place, barred, follower };
  }

  readonly hears = {
    changed: () => this.publish(),
    answered: () => {
      if (this.online) return;
      this.online = true;
      this.publish();
    },
    failed: (error: FanfareError) => void this.failed(error),
  };

  private waitlistOf(place: Followed | null): Followed | null {
    if (place === null || this.experience === null) return null;
    const beside = (each: Followed) =>
      each.mechanism === "waitlist" && each.sequenceId === place.sequenceId;
    return listed(this.experience).find(beside) ?? null;
  }

  private inside(): boolean {
    if (this.shown === null || this.shown.barred) return false;
    const { kind, facts } = this.shown.follower;
    return INSIDE.has(phaseOf(kind, facts, this.ground.clock.now()));
  }

  /** Somebody else's entries are somebody else's: everything is read anew. */
  private becomes(session: SessionDetails | null): void {
    const before = this.session;
    this.session = session;
    if (this.stage !== "resolved" || !changed(before, session)) return;
    this.chosen = null;
    for (const each of [this.shown, this.aside]) each?.follower.forget();
    this.readAll().catch(() => {});
  }
}

/** Whether this is somebody else; a guest who has just begun has nothing yet. */
function changed(before: SessionDetails | null, now: SessionDetails | null): boolean {
  if (before === null && now?.type === "guest") return false;
  return before?.consumerId !== now?.consumerId || before?.type !== now?.type;
}
