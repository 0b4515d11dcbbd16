/** Renders again whenever a store changes that the last rendering has read. */
import type { Readable } from "@fanfare/sdk-core";
import type { ReactiveController, ReactiveControllerHost } from "lit";

export class Watch implements ReactiveController {
  readonly #stops = new Map<Readable<unknown>, () => void>();
  #read = new Set<Readable<unknown>>();

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** The value now; from here on changes render anew, until a rendering no longer reads it. */
  readonly read = <Value>(store: Readable<Value>): Value => {
    this.#read.add(store);
    if (!this.#stops.has(store)) {
      this.#stops.set(
        store,
        store.listen(() => this.host.requestUpdate()),
      );
    }
    return store.get();
  };

  hostUpdate(): void {
    this.#read = new Set();
  }

  hostUpdated(): void {
    for (const [store, stop] of this.#stops) {
      if (this.#read.has(store)) continue;
      stop();
      this.#stops.delete(store);
    }
  }

  hostConnected(): void {
    this.host.requestUpdate();
  }

  hostDisconnected(): void {
    for (const stop of this.#stops.values()) stop();
    this.#stops.clear();
  }
}
