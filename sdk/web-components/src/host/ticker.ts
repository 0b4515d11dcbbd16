/** Renders again every second while a rendering asks for it. */
import type { ReactiveController, ReactiveControllerHost } from "lit";

export class Ticker implements ReactiveController {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  tick(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.host.requestUpdate();
    }, 1000);
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
