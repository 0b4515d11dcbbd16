/** What a page reads of a journey, set whenever that differs from what it has read. */
import { atom } from "nanostores";
import { report } from "../ground/events.js";
import type { Countdowns } from "./countdowns.js";
import { alike, type Happening, happened } from "./events.js";
import type { handsOn } from "./hands.js";
import type { JourneyEvent, JourneySnapshot } from "./journey.js";
import type { Machine, Post } from "./machine.js";
import { type Hands, project } from "./project.js";
import type { JourneyView } from "./view.js";

const KEPT_EVENTS = 100;

export interface Handler {
  hands(): Hands;
  on(post: Post): ReturnType<typeof handsOn>;
}

export class Outlet {
  readonly view$;
  readonly snapshot$;
  readonly events$ = atom<readonly JourneyEvent[]>([]);
  readonly latestEvent$ = atom<JourneyEvent | null>(null);

  constructor(
    private readonly machine: Machine,
    private readonly handler: Handler,
    private readonly ticking: Countdowns,
    start: () => Promise<void>,
  ) {
    this.view$ = atom<JourneyView>({ journeyStage: "ready", start });
    this.snapshot$ = atom<JourneySnapshot>(this.snapshot());
  }

  publish(): void {
    const { ground } = this.machine;
    if (ground.signal.aborted) return;
    const now = ground.clock.now();
    this.display(now);
    const before = this.view$.get();
    const view = project(this.machine.course(), now, this.handler.hands());
    if (!alike(view, before)) report(() => this.view$.set(view));
    const [old, fresh] = [this.snapshot$.get(), this.snapshot()];
    const names = Object.keys(fresh) as (keyof JourneySnapshot)[];
    if (names.some((name) => fresh[name] !== old[name])) report(() => this.snapshot$.set(fresh));
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
    const { shown } = this.machine;
    if (shown === null) return;
    const { kind, facts } = shown.follower;
    const { display$ } = this.handler.on(shown);
    const display = kind.display(facts, now, this.ticking);
    if (!alike(display, display$.get())) report(() => display$.set(display));
  }

  private snapshot(): JourneySnapshot {
    const { experience, online, error, ground } = this.machine;
    const clockOffset = ground.clock.offset$.get();
    return { view: this.view$.get(), experience, online, error, clockOffset };
  }

  private tell(happening: Happening): void {
    const { ground, experienceId } = this.machine;
    const event = { ...happening, at: new Date(ground.clock.now()), experienceId };
    const events = [...this.events$.get(), event].slice(-KEPT_EVENTS);
    report(() => this.events$.set(events));
    report(() => this.latestEvent$.set(event));
    ground.emit("journey", event);
  }
}
