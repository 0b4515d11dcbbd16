/** The waitlist: who wants to be told once its sequence opens. */
import type { Body, Place } from "./line.js";
import { neverEntered } from "./problems.js";
import { type Context, iso, isoOrNull } from "./world.js";

interface Wish {
  consumerId: string;
  readonly enteredAt: number;
  notifiedAt: number | null;
  status: "waitlisted" | "notified" | "left";
}

export class FakeWaitlist {
  readonly id: string;
  readonly #wishes: Wish[] = [];

  constructor(
    readonly context: Context,
    readonly place: Place,
    private readonly isOpen: () => boolean,
  ) {
    this.id = context.ids.make("waitlist");
  }

  show(): Body {
    const { sequenceId } = this.place;
    return { id: this.id, name: "Tell me", sequenceId, status: "OPEN" };
  }

  tick(): void {
    if (!this.isOpen()) return;
    for (const wish of this.#wishes) {
      if (wish.status === "waitlisted") this.#tell(wish);
    }
  }

  enter(consumerId: string): [Body, boolean] {
    const known = this.#of(consumerId);
    if (known && known.status !== "left") return [this.body(known), false];
    const enteredAt = this.context.clock.now();
    const wish: Wish = { consumerId, enteredAt, notifiedAt: null, status: "waitlisted" };
    this.#wishes.push(wish);
    this.tick();
    return [this.body(wish), true];
  }

  leave(consumerId: string): Body {
    const wish = this.#of(consumerId);
    if (!wish) throw neverEntered("waitlist");
    if (wish.status === "waitlisted") wish.status = "left";
    return this.body(wish);
  }

  status(consumerId: string): Body {
    const wish = this.#of(consumerId);
    if (!wish) throw neverEntered("waitlist");
    return this.body(wish);
  }

  /** Of whoever still waits to be told; null of others. */
  waits(consumerId: string): Body | null {
    const wish = this.#of(consumerId);
    return wish?.status === "waitlisted" ? this.body(wish) : null;
  }

  move(from: string, to: string): void {
    for (const wish of this.#wishes) {
      if (wish.consumerId === from) wish.consumerId = to;
    }
  }

  private body(wish: Wish): Body {
    return {
      waitlistId: this.id,
      consumerId: wish.consumerId,
      experienceId: this.place.experienceId,
      sequenceId: this.place.sequenceId,
      status: wish.status,
      enteredAt: iso(wish.enteredAt),
      notifiedAt: isoOrNull(wish.notifiedAt),
    };
  }

  #of(consumerId: string): Wish | undefined {
    return this.#wishes.findLast((wish) => wish.consumerId === consumerId);
  }

  #tell(wish: Wish): void {
    wish.status = "notified";
    wish.notifiedAt = this.context.clock.now();
  }
}
