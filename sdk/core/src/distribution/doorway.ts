/** The way to calls about one distribution, which are loaded when somebody looks or acts. */
import { atom } from "nanostores";
import type { FanfareError } from "../errors.js";
import type { Ground } from "../ground/ground.js";
import { type Part, part } from "../ground/part.js";
import type { Standing } from "../journey/distribution.js";
import { quiet } from "../journey/retry.js";
import type { Mechanism, SlotsState } from "../journey/view.js";
import { type Readable, whileHeard } from "../stores.js";
import type { Desk } from "./desk.js";

/** What is there before the desk is loaded, and what leads to it. */
export class Doorway<Kind extends Mechanism> {
  readonly state$: Readable<Standing<Kind>>;
  readonly slots$: Readable<SlotsState>;
  readonly #standing$ = atom<Standing<Kind>>({ status: null, isLoading: false, error: null });
  readonly #desk: Part<Desk<Kind>>;

  constructor(ground: Ground, mechanism: Kind, distributionId: string) {
    const free$ = atom<SlotsState>({ slots: null });
    const load = async () => {
      const { Desk } = await import("./desk.js");
      return new Desk(ground, mechanism, distributionId, this.#standing$);
    };
    const failed = (error: FanfareError) => this.#set({ isLoading: false, error });
    this.#desk = part(load, failed, ground.signal);
    this.state$ = whileHeard(this.#standing$, () => {
      this.#set({ isLoading: true });
      return this.#follow((desk) => desk.follow());
    });
    this.slots$ = whileHeard(free$, () =>
      this.#follow(({ slots }) => slots.slots$.subscribe((state) => free$.set(state))),
    );
  }

  /** Has something done that tells where the customer stands. */
  standing(work: (desk: Desk<Kind>) => Promise<void>): Promise<void> {
    this.#set({ isLoading: true });
    return quiet(this.#desk.now().then(work));
  }

  /** Has it begun as soon as the desk is there, however often that has to be tried. */
  #follow(begin: (desk: Desk<Kind>) => () => void): () => void {
    let end = () => {};
    const forgo = this.#desk.whenThere((desk) => {
      end = begin(desk);
    });
    return () => {
      forgo();
      end();
    };
  }

  #set(news: Partial<Standing<Kind>>): void {
    this.#standing$.set({ ...this.#standing$.get(), ...news });
  }
}
