/** The way to calls about one distribution, which are loaded when somebody looks or acts. */
import { atom } from "nanostores";
import { unreachable } from "../ground/answers.js";
import type { Ground } from "../ground/ground.js";
import type { Standing } from "../journey/distribution.js";
import { quiet } from "../journey/retry.js";
import type { Mechanism, SlotsState } from "../journey/view.js";
import { type Readable, whileHeard } from "../stores.js";
import type { Desk } from "./desk.js";

type Work<Kind extends Mechanism, Answer> = (desk: Desk<Kind>) => Answer | Promise<Answer>;

/** What is there before the desk is loaded, and what leads to it. */
export class Doorway<Kind extends Mechanism> {
  readonly state$: Readable<Standing<Kind>>;
  readonly slots$: Readable<SlotsState>;
  readonly #standing$ = atom<Standing<Kind>>({ status: null, isLoading: false, error: null });
  readonly #make: () => Promise<Desk<Kind>>;
  #loading: Promise<Desk<Kind>> | null = null;

  constructor(ground: Ground, mechanism: Kind, distributionId: string) {
    const free$ = atom<SlotsState>({ slots: null });
    this.#make = async () => {
      const { Desk } = await import("./desk.js");
      return new Desk(ground, mechanism, distributionId, this.#standing$);
    };
    this.state$ = whileHeard(this.#standing$, () => {
      this.#set({ isLoading: true });
      return this.#follow((desk) => desk.follow());
    });
    this.slots$ = whileHeard(free$, () =>
      this.#follow(({ slots }) => slots.slots$.subscribe((state) => free$.set(state))),
    );
  }

  /** Has something done that tells where the customer stands. */
  standing(work: Work<Kind, void>): Promise<void> {
    this.#set({ isLoading: true });
    return this.#at(work);
  }

  #at<Answer>(work: Work<Kind, Answer>): Promise<Answer> {
    this.#loading ??= this.#load();
    return quiet(this.#loading.then(work));
  }

  async #load(): Promise<Desk<Kind>> {
    try {
      return await this.#make();
    } catch (cause) {
      this.#loading = null;
      const error = unreachable(0, cause);
      this.#set({ isLoading: false, error });
      throw error;
    }
  }

  #follow(begin: (desk: Desk<Kind>) => () => void): () => void {
    let end: (() => void) | null = () => {};
    void this.#at((desk) => {
      if (end !== null) end = begin(desk);
    });
    return () => {
      end?.();
      end = null;
    };
  }

  #set(news: Partial<Standing<Kind>>): void {
    this.#standing$.set({ ...this.#standing$.get(), ...news });
  }
}
