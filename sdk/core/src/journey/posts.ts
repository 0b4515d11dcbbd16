/** What a journey shows, and who keeps it fresh. */
import type { Ground } from "../ground/ground.js";
import type { Followed } from "./facts.js";
import { Follower, type Hears } from "./follow.js";
import { phaseOf } from "./phases.js";
import type { Phase } from "./view.js";

export interface Post {
  readonly place: Followed;
  /** Nothing of it is for this customer. */
  readonly barred: boolean;
  readonly follower: Follower;
}

const INSIDE: ReadonlySet<Phase> = new Set(["participating", "settling", "granted"]);

export class Posts {
  shown: Post | null = null;
  /** The waitlist of the sequence that is shown. */
  aside: Post | null = null;

  constructor(
    private readonly ground: Ground,
    private readonly hears: Hears,
  ) {}

  /** Shows these once it is known where the customer stands; raises where that cannot be told. */
  async show(place: Followed | null, waitlist: Followed | null, barred: boolean): Promise<void> {
    const shown = this.post(this.shown, place, barred);
    const aside = this.post(this.aside, waitlist, barred);
    if (shown && !barred) await shown.follower.know();
    if (aside && !barred) await aside.follower.read("own");
    const kept = [shown?.follower, aside?.follower];
    for (const old of [this.shown, this.aside]) {
      if (!kept.includes(old?.follower)) old?.follower.stop();
    }
    this.shown = shown;
    this.aside = aside;
    for (const each of [shown, aside]) if (each && !barred) each.follower.start();
  }

  forget(): void {
    for (const each of [this.shown, this.aside]) each?.follower.forget();
  }

  /** Whether the customer takes part in what is shown. */
  inside(): boolean {
    return this.shown !== null && !this.shown.barred && INSIDE.has(this.phase(this.shown));
  }

  /** Whether what is shown is over to somebody outside, or was only to tell of something else. */
  over(): boolean {
    if (this.shown === null || this.shown.barred) return false;
    const { own } = this.shown.follower.facts;
    return own === null ? this.phase(this.shown) === "ended" : own.status === "notified";
  }

  private phase({ follower: { kind, facts } }: Post): Phase {
    return phaseOf(kind, facts, this.ground.clock.now());
  }

  private post(old: Post | null, place: Followed | null, barred: boolean): Post | null {
    if (place === null) return null;
    if (old?.place.distributionId !== place.distributionId) {
      return { place, barred, follower: new Follower(this.ground, place, this.hears) };
    }
    const { follower } = old;
    const { details, readAt, refused } = follower.facts;
    const newer = place.readAt > readAt.details;
    follower.learn({
      details: newer ? place.details : details,
      readAt: newer ? { ...readAt, details: place.readAt } : readAt,
      // The way was asked for since.
      refused: refused?.code === "NOT_ROUTED" ? null : refused,
    });
    return { place, barred, follower };
  }
}
