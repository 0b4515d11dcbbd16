/** The SDK for pages without a provider. */
import type { Checkout, Consumers, FanfareConfig, FanfareSdk } from "@fanfare/sdk-core";
import { Connection } from "./connection.js";

let newest: Connection | null = null;

/** What hooks outside of a provider use: the newest `Fanfare`'s. */
export function newestConnection(): Connection | null {
  return newest;
}

/** Asks nothing before it is used, so it may stand in a module that a server renders. */
export class Fanfare {
  readonly consumer: Consumers = {
    getMe: () => this.#with((sdk) => sdk.consumer.getMe()),
  };
  readonly checkout: Pick<Checkout, "resume"> = {
    resume: (admission, options) => this.#with((sdk) => sdk.checkout.resume(admission, options)),
  };
  readonly #connection: Connection;

  constructor(config: FanfareConfig) {
    this.#connection = new Connection(config, { lasting: true });
    newest = this.#connection;
  }

  /** Everything else that the SDK can do. */
  ready(): Promise<FanfareSdk> {
    return this.#with(async (sdk) => sdk);
  }

  /** Ends timers, listeners and calls; whoever uses it again begins anew. */
  destroy(): void {
    this.#connection.close();
  }

  /** Rejects like any call, yet whoever does not look at the promise gets no unhandled rejection. */
  #with<Answer>(work: (sdk: FanfareSdk) => Promise<Answer>): Promise<Answer> {
    const answer = this.#connection.ready().then(work);
    answer.catch(() => undefined);
    return answer;
  }
}
