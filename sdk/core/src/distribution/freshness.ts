/** Goes on reading, at a journey's pace, for whoever waits or is admitted. */
import type { FanfareError } from "../errors.js";
import type { Ground } from "../ground/ground.js";
import type { StatusOf } from "../journey/distribution.js";
import { Follower } from "../journey/follow.js";
import { ahead } from "../journey/line.js";
import type { Mechanism } from "../journey/view.js";
import type { LineCard } from "../wire/index.js";

const LIVE: ReadonlySet<string> = new Set(["QUEUED", "ADMITTED", "waitlisted"]);

export interface Hears<Kind extends Mechanism> {
  learned(status: StatusOf<Kind>): void;
  answered(): void;
  failed(error: FanfareError): void;
}

export class Freshness<Kind extends Mechanism> {
  readonly #ground: Ground;
  readonly #of: { readonly mechanism: Kind; readonly distributionId: string };
  readonly #hears: Hears<Kind>;
  #status: StatusOf<Kind> | null = null;
  #follower: Follower | null = null;
  #beginning = false;
  #over = false;

  constructor(
    ground: Ground,
    of: { readonly mechanism: Kind; readonly distributionId: string },
    hears: Hears<Kind>,
  ) {
    this.#ground = ground;
    this.#of = of;
    this.#hears = hears;
  }

  /** Where the customer stands, as a call was answered. */
  stands(status: StatusOf<Kind> | null): void {
    this.#status = status;
    if (this.#follower !== null) this.#follower.stands(status);
    else if (status !== null && LIVE.has(status.status) && !this.#beginning) void this.#begin();
  }

  stop(): void {
    this.#over = true;
    this.#follower?.stop();
  }

  async #begin(): Promise<void> {
    this.#beginning = true;
    const of = { ...this.#of, sequenceId: "", experienceId: "", details: null, readAt: 0 };
    const { answered, failed } = this.#hears;
    const changed = () => this.#learn();
    const follower = new Follower(this.#ground, of, { changed, answered, failed });
    await follower.read("details");
    if (this.#over) return;
    this.#follower = follower;
    follower.stands(this.#status);
    follower.start();
  }

  /** What the follower has learned, with the place that the newest card tells. */
  #learn(): void {
    const { own, card } = this.#follower?.facts ?? {};
    if (!own) return;
    const status = placed(own as StatusOf<Kind>, card ?? null);
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    this.#hears.learned(status);
  }
}

function placed<Known extends StatusOf<Mechanism>>(own: Known, card: LineCard | null): Known {
  const number = own.status === "QUEUED" && card?.marks ? own.number : null;
  if (card === null || number === null) return own;
  return { ...own, position: (ahead(card, number) ?? 0) + 1 };
}
