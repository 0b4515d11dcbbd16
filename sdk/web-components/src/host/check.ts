/** Passes a bot check; what it takes ends when the widget leaves the page. */
import { FanfareError, type GatedView } from "@fanfare/sdk-core";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { BotCheck } from "../views/ui.js";

export class Check implements ReactiveController {
  #abort = new AbortController();

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostConnected(): void {
    this.#abort = new AbortController();
  }

  hostDisconnected(): void {
    this.#abort.abort(new FanfareError("ABORTED", "The widget has left the page."));
  }

  /** Sends the proof; rejects where there is none, or where `asked` says that it was not taken. */
  async pass(view: GatedView, gate: BotCheck, key: string, asked: () => boolean): Promise<void> {
    const { checkFailed, prove } = await import("../checks/prove.js");
    const { signal } = this.#abort;
    await view.reroute({ challenge: await prove({ gate, key, host: this.host, signal }) });
    if (asked()) throw checkFailed();
  }
}
