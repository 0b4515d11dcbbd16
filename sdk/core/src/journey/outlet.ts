/** Sets what a page reads of a journey, whenever that differs from what it has read. */
import type { WritableAtom } from "nanostores";
import { report } from "../ground/events.js";
import type { Countdowns } from "./countdowns.js";
import { alike, type Happening, happened } from "./events.js";
import type { handsOn } from "./hands.js";
import type { JourneyEvent, JourneySnapshot } from "./journey.js";
import type { Machine } from "./machine.js";
import type { Post } from "./posts.js";
import { type Hands, project } from "./project.js";
import type { JourneyView } from "./view.js";

const KEPT_EVENTS = 100;

/** What a page reads. */
export interface Stores {
  readonly view$: WritableAtom<JourneyView>;
  readonly snapshot$: WritableAtom<JourneySnapshot>;
  readonly events$: WritableAtom<readonly JourneyEvent[]>;
  readonly latestEvent$: WritableAtom<JourneyEvent | null>;
}

export interface Handler {
  hands(): Hands;
  on(post: Post): ReturnType<typeof handsOn>;
}

export class Outlet {
  constructor(
    private readonly machine: Machine,
    private readonly stores: Stores,
    private readonly handler: Handler,
    private readonly ticking: Countdowns,
  ) {}

  publish(): void {
    const { ground } = this.machine;
    if (ground.signal.aborted) return;
    const now = ground.clock.now();
    this.display(now);
    const { view$, snapshot$ } = this.stores;
    const before = view$.get();
    const view = project(this.machine.course(), now, this.handler.hands());
    if (!alike(view, before)) report(() => view$.set(view));
    const [old, fresh] = [snapshot$.get(), this.snapshot()];
    const names = Object.keys(fresh) as (keyof JourneySnapshot)[];
    if (names.some((name) => fresh[name] !== old[name])) report(() => snapshot$.set(fresh));
    if (old.online !== fresh.online) this.tell({ type: fresh.online ? "online" : "offline" });
    if (fresh.error !== null && fresh.error !== old.error) {
      this.tell({ type: "error" });
      ground.emit("error", fresh.error);
    }
    const happening = happened(before, view);
    if (happening !== null) this.tell(happening);
  }

  /** What waiting shows changes more often than the view: it has a store of its own. */
  private display(now: number): void {
    const { shown } = this.machine.posts;
    if (shown === null) return;
    const { kind, facts } = shown.follower;
    const { display$ } = this.handler.on(shown);
    const display = kind.display(facts, now, this.ticking);
    if (!alike(display, display$.get())) report(() => display$.set(display));
  }

  private snapshot(): JourneySnapshot {
    const { experience, online, error, ground } = this.machine;
    const clockOffset = ground.clock.offset$.get();
    return { view: this.stores.view$.get(), experience, online, error, clockOffset };
  }

  tell(happening: Happening): void {
    const { ground, experienceId } = this.machine;
    const { events$, latestEvent$ } = this.stores;
    const event = { ...happening, at: new Date(ground.clock.now()), experienceId };
    const events = [...events$.get(), event].slice(-KEPT_EVENTS);
    report(() => events$.set(events));
    report(() => latestEvent$.set(event));
    ground.emit("journey", event);
  }
}
