/** The one SDK that a tree of components shares. */
import {
  type FanfareConfig,
  FanfareError,
  type FanfareSdk,
  initFanfare,
  type Readable,
} from "@fanfare/sdk-core";
import { atom } from "nanostores";
import { later } from "./again.js";

export interface Connected {
  readonly sdk: FanfareSdk | null;
  /** Why there is none; null while it is being made. */
  readonly error: FanfareError | null;
}

export const CONNECTING: Connected = { sdk: null, error: null };

/** Made when somebody needs it, so neither on a server nor twice, and ended when nobody does. */
export class Connection {
  readonly #state$ = atom<Connected>(CONNECTING);
  readonly #lasting: boolean;
  #users = 0;
  #making: Promise<FanfareSdk> | null = null;
  #forgo = () => {};

  /** A `lasting` one ends only by `close()`. `config` is null where somebody else made the SDK. */
  constructor(
    readonly config: FanfareConfig | null,
    { lasting = false } = {},
  ) {
    this.#lasting = lasting;
  }

  /** A connection to what somebody else made, and ends. */
  static to(sdk: FanfareSdk): Connection {
    const connection = new Connection(null, { lasting: true });
    connection.#making = Promise.resolve(sdk);
    connection.#state$.set({ sdk, error: null });
    return connection;
  }

  get state$(): Readable<Connected> {
    return this.#state$;
  }

  /** The SDK; after a failure another try. */
  ready(): Promise<FanfareSdk> {
    this.#making ??= this.#begin(this.config as FanfareConfig);
    return this.#making;
  }

  /** Needs the SDK from now on; returns what ends that. Effects that run twice keep the same one. */
  retain(): () => void {
    this.#users += 1;
    this.#need();
    return () => {
      this.#users -= 1;
      setTimeout(() => {
        if (this.#users === 0 && !this.#lasting) this.close();
      });
    };
  }

  close(): void {
    this.#forgo();
    this.#making = null;
    this.#state$.get().sdk?.destroy();
    this.#state$.set(CONNECTING);
  }

  #need(): void {
    this.ready().catch(() => undefined);
  }

  #begin(config: FanfareConfig): Promise<FanfareSdk> {
    this.#forgo();
    this.#state$.set({ ...this.#state$.get(), error: null });
    const making: Promise<FanfareSdk> = initFanfare(config).then(
      (sdk) => this.#made(making, sdk),
      (error: FanfareError) => this.#failed(making, error),
    );
    return making;
  }

  #made(making: Promise<FanfareSdk>, sdk: FanfareSdk): FanfareSdk {
    if (this.#making === making) {
      this.#state$.set({ sdk, error: null });
      return sdk;
    }
    sdk.destroy();
    throw new FanfareError("ABORTED", "Nobody needed Fanfare any more while it was being set up.");
  }

  #failed(making: Promise<FanfareSdk>, error: FanfareError): never {
    if (this.#making === making) {
      this.#making = null;
      this.#state$.set({ sdk: null, error });
      if (error.retryable) this.#forgo = later(error, () => this.#users && this.#need());
    }
    throw error;
  }
}
