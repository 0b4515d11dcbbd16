/** Passes a bot check; what it takes ends when the widget leaves the page, or goes on. */
import { FanfareError, type GatedView } from "@fanfare/sdk-core";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import type { BotCheck } from "../views/ui.js";

export class Check implements ReactiveController {
  #abort: AbortController | null = null;

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.stop();
  }

  stop(): void {
    this.#abort?.abort(new FanfareError("ABORTED", "Nobody asks for the check any more."));
    this.#abort = null;
  }

  /** Sends the proof; rejects where there is none, or where `asked` says that it was not taken. */
  async pass(view: GatedView, gate: BotCheck, key: string, asked: () => boolean): Promise<void> {
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    const { checkFailed, prove } = await import("../checks/prove.js");
    await view.reroute({ challenge: await prove({ gate, key, host: this.host, signal }) });
    if (asked()) throw checkFailed();
  }
}
