/** Tells the page what has happened, each thing once. */
import type { FanfareError, Journey, JourneyView } from "@fanfare/sdk-core";
import { admissionOf, changeOf, errorOf } from "../events.js";

export class Teller {
  #change = "";
  #admission = "";
  #failure: FanfareError | null = null;

  constructor(private readonly host: HTMLElement & { readonly experienceId: string }) {}

  tell({ experienceId }: Journey, view: JourneyView): void {
    const change = changeOf(experienceId, view);
    const said = JSON.stringify(change);
    if (said === this.#change) return;
    this.#change = said;
    this.#dispatch("fanfare-journey-change", change);
    const admission = admissionOf(experienceId, view);
    if (!admission || admission.admissionId === this.#admission) return;
    this.#admission = admission.admissionId;
    this.#dispatch("fanfare-admitted", admission);
  }

  /** The state of things: told when it changes. */
  failed(error: FanfareError | null): void {
    if (error === this.#failure) return;
    this.#failure = error;
    if (error) this.#dispatch("fanfare-error", errorOf(this.host.experienceId, error));
  }

  /** What an action ran into, unless the state of things says the same. */
  report(error: FanfareError): void {
    if (error !== this.#failure) this.failed(error);
  }

  #dispatch(name: string, detail: object): void {
    this.host.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
