/** Calls about one distribution; loaded with the first of them. */
import type { WritableAtom } from "nanostores";
import { FanfareError } from "../errors.js";
import type { Call, Ground } from "../ground/ground.js";
import type { Standing, StatusOf } from "../journey/distribution.js";
import { pathOf } from "../journey/reads.js";
import { asFanfareError } from "../journey/retry.js";
import { type Slots, slotsOf } from "../journey/slots.js";
import type { Mechanism } from "../journey/view.js";
import { Freshness } from "./freshness.js";

/** Keeps `standing$` by what the service answers. */
export class Desk<Kind extends Mechanism> {
  readonly slots: Slots;
  readonly #standing$: WritableAtom<Standing<Kind>>;
  readonly #ground: Ground;
  readonly #path: string;
  readonly #of: { readonly mechanism: Kind; readonly distributionId: string };
  #acts = 0;
  #fresh: Freshness<Kind> | null = null;

  constructor(
    ground: Ground,
    mechanism: Kind,
    distributionId: string,
    standing$: WritableAtom<Standing<Kind>>,
  ) {
    this.#ground = ground;
    this.#of = { mechanism, distributionId };
    this.#path = pathOf(mechanism, distributionId);
    this.#standing$ = standing$;
    this.slots = slotsOf(ground, distributionId, { changed: () => {}, ...this.#beside });
  }

  /** As a customer, a new guest if need be. */
  async act(method: Call["method"], name: string, body?: object): Promise<void> {
    const call: Call = { method, path: `${this.#path}/${name}`, as: "consumer" };
    try {
      await this.#tell(async () => {
        await this.#ground.ensureSession();
        const status = await this.#send(body ? { ...call, body } : call);
        this.#acts += 1;
        return status;
      });
    } finally {
      this.slots.again();
    }
  }

  /** Whoever has no session yet stands nowhere: nothing is asked. */
  refresh(): Promise<void> {
    const call: Call = { method: "GET", path: `${this.#path}/status`, as: "consumer" };
    const nobody = this.#ground.session$.get() === null;
    const [acts, who] = [this.#acts, this.#who];
    return this.#tell(async () => {
      const status = nobody ? null : await this.#send(call).catch(nullUnlessEntered);
      // What an action was answered with meanwhile is newer, and somebody else stands elsewhere.
      const holds = acts === this.#acts && who === this.#who;
      return holds ? status : this.#standing$.get().status;
    });
  }

  /** Reads now, whenever the customer becomes somebody else, and as their turn comes. */
  follow(): () => void {
    const fresh = new Freshness(this.#ground, this.#of, this.#beside);
    this.#fresh = fresh;
    const read = () => void this.refresh().catch(() => undefined);
    const stop = this.#ground.session$.subscribe(read);
    return () => {
      stop();
      fresh.stop();
      this.#fresh = null;
    };
  }

  async #tell(ask: () => Promise<StatusOf<Kind> | null>): Promise<void> {
    this.#set({ isLoading: true });
    try {
      const status = await ask();
      this.#set({ status, isLoading: false, error: null });
      this.#fresh?.stands(status);
    } catch (thrown) {
      const error = asFanfareError(thrown);
      this.#set({ isLoading: false, error });
      throw error;
    }
  }

  get #who(): string | undefined {
    return this.#ground.session$.get()?.consumerId;
  }

  /** Takes what is learned beside the calls that are made here. */
  get #beside() {
    return {
      learned: (status: StatusOf<Kind>) => {
        if (!this.#standing$.get().isLoading) this.#set({ status });
      },
      answered: () => {
        if (this.#standing$.get().error !== null) this.#set({ error: null });
      },
      failed: (error: FanfareError) => this.#set({ error }),
    };
  }

  #set(news: Partial<Standing<Kind>>): void {
    this.#standing$.set({ ...this.#standing$.get(), ...news });
  }

  #send(call: Call): Promise<StatusOf<Kind>> {
    return this.#ground.calls.send<StatusOf<Kind>>(call);
  }
}

function nullUnlessEntered(error: unknown): null {
  if (error instanceof FanfareError && error.code.startsWith("NOT_IN_")) return null;
  throw error;
}
