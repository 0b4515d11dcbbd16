/** Tries again what nobody should have to ask for: after a while, and once there may be a network. */
import type { FanfareError } from "@fanfare/sdk-core";
import type { ReactiveController, ReactiveControllerHost } from "lit";

/** After the SDK itself has given up. Thousands were refused at the same moment. */
const PAUSE_S = 30;
const SPREAD_S = 15;

export class Again implements ReactiveController {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    host: ReactiveControllerHost,
    private readonly work: () => void,
  ) {
    host.addController(this);
  }

  /** What failed, as long as it has not been tried again; null where nothing waits. */
  after(failure: Partial<FanfareError> | null | undefined): void {
    if (!failure) {
      this.hostDisconnected();
      return;
    }
    if (this.#timer) return;
    const seconds = Math.max(PAUSE_S, failure.retryAfter ?? 0) + Math.random() * SPREAD_S;
    this.#timer = setTimeout(this.#now, seconds * 1000);
    addEventListener("online", this.#now);
    document.addEventListener("visibilitychange", this.#now);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    removeEventListener("online", this.#now);
    document.removeEventListener("visibilitychange", this.#now);
  }

  readonly #now = (event?: Event): void => {
    if (event?.type === "visibilitychange" && document.hidden) return;
    this.hostDisconnected();
    this.work();
  };
}
