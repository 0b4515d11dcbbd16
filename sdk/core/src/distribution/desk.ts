/** Calls about one distribution. */
import { atom } from "nanostores";
import { FanfareError } from "../errors.js";
import type { Call, Ground } from "../ground/ground.js";
import type { Standing, StatusOf } from "../journey/distribution.js";
import type { Mechanism, SlotsState } from "../journey/view.js";
import { type Readable, whileHeard } from "../stores.js";
import type { Slot } from "../wire/index.js";
import { Freshness, type Hears } from "./freshness.js";

const FOLDERS: Readonly<Record<Mechanism, string>> = {
  queue: "queues",
  draw: "draws",
  auction: "auctions",
  timed_release: "timed-releases",
  appointment: "appointments",
  waitlist: "waitlists",
};

/** Where one distribution's calls are made, and what their answers say is kept. */
export class Desk<Kind extends Mechanism> {
  readonly state$: Readable<Standing<Kind>>;
  readonly slots$: Readable<SlotsState>;
  readonly #standing$ = atom<Standing<Kind>>({ status: null, isLoading: false, error: null });
  readonly #free$ = atom<SlotsState>({ slots: null });
  readonly #ground: Ground;
  readonly #path: string;
  readonly #of: { readonly mechanism: Kind; readonly distributionId: string };
  #acts = 0;
  #fresh: Freshness<Kind> | null = null;

  constructor(ground: Ground, mechanism: Kind, distributionId: string) {
    this.#ground = ground;
    this.#of = { mechanism, distributionId };
    this.#path = `/api/v1/${FOLDERS[mechanism]}/${encodeURIComponent(distributionId)}`;
    this.state$ = whileHeard(this.#standing$, () => this.#follow());
    this.slots$ = whileHeard(this.#free$, () => this.#readSlots());
  }

  /** As a customer, a new guest if need be. */
  act(method: Call["method"], name: string, body?: object): Promise<void> {
    const call: Call = { method, path: `${this.#path}/${name}`, as: "consumer" };
    return this.#tell(async () => {
      await this.#ground.ensureSession();
      const status = await this.#send<StatusOf<Kind>>(body ? { ...call, body } : call);
      this.#acts += 1;
      return status;
    });
  }

  /** Whoever has no session yet stands nowhere: nothing is asked. */
  refresh(): Promise<void> {
    const call: Call = { method: "GET", path: `${this.#path}/status`, as: "consumer" };
    const nobody = this.#ground.session$.get() === null;
    const acts = this.#acts;
    return this.#tell(async () => {
      const status = nobody
        ? null
        : await this.#send<StatusOf<Kind>>(call).catch(nullUnlessEntered);
      // What an action was answered with meanwhile is newer.
      return acts === this.#acts ? status : this.#standing$.get().status;
    });
  }

  async #tell(ask: () => Promise<StatusOf<Kind> | null>): Promise<void> {
    this.#standing$.set({ ...this.#standing$.get(), isLoading: true });
    try {
      const status = await ask();
      this.#standing$.set({ status, isLoading: false, error: null });
      this.#fresh?.stands(status);
    } catch (thrown) {
      const error = thrown as FanfareError;
      this.#standing$.set({ ...this.#standing$.get(), isLoading: false, error });
      throw error;
    }
  }

  #follow(): () => void {
    const fresh = new Freshness(this.#ground, this.#of, this.#beside());
    this.#fresh = fresh;
    const read = () => void this.refresh().catch(() => undefined);
    const stop = this.#ground.session$.subscribe(read);
    return () => {
      stop();
      fresh.stop();
      this.#fresh = null;
    };
  }

  /** Takes what is learned beside the calls that are made here. */
  #beside(): Hears<Kind> {
    const now = () => this.#standing$.get();
    return {
      learned: (status: StatusOf<Kind>) => {
        if (!now().isLoading) this.#standing$.set({ ...now(), status });
      },
      answered: () => {
        if (now().error !== null) this.#standing$.set({ ...now(), error: null });
      },
      failed: (error: FanfareError) => this.#standing$.set({ ...now(), error }),
    };
  }

  #readSlots(): () => void {
    const path = `${this.#path}/slots`;
    this.#send<{ data: Slot[] }>({ method: "GET", path, as: "key" }).then(
      ({ data }) => this.#free$.set({ slots: data }),
      (error: FanfareError) => this.#standing$.set({ ...this.#standing$.get(), error }),
    );
    return () => {};
  }

  #send<Answer>(call: Call): Promise<Answer> {
    return this.#ground.calls.send<Answer>(call);
  }
}

function nullUnlessEntered(error: unknown): null {
  if (error instanceof FanfareError && error.code.startsWith("NOT_IN_")) return null;
  throw error;
}
