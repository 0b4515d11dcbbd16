/** What a customer has begun here: one action at a time, its failure, what they typed. */
import { FanfareError } from "@fanfare/sdk-core";
import type { ReactiveControllerHost } from "lit";
import { asFanfareError } from "../problems.js";
import { LOADING } from "../views/lazy.js";
import type { Local, Ui } from "../views/ui.js";

export class Actions {
  busy: string | null = null;
  problem: Ui["problem"] = null;
  local: Local = {};
  #focus = "";
  #key = "";
  #awaited: Promise<unknown> | null = null;

  constructor(
    private readonly host: ReactiveControllerHost & { readonly renderRoot: ParentNode },
    private readonly report: (error: FanfareError) => void,
  ) {}

  /** Forgets what belongs to the place before. */
  moveTo(key: string): void {
    if (key === this.#key) return;
    this.#key = key;
    this.local = {};
    this.problem = null;
    this.#focus = "";
  }

  act(action: string, work: () => Promise<unknown>): void {
    if (this.busy !== null) return;
    this.busy = action;
    this.problem = null;
    this.host.requestUpdate();
    void this.#run(action, work);
  }

  /** Why a part of the widget is missing. */
  get unloaded(): FanfareError | null {
    return this.problem?.action === LOADING ? this.problem.error : null;
  }

  /** Lets a part that is missing be loaded again by whoever renders it. */
  loadAgain(): void {
    if (this.unloaded) this.problem = null;
  }

  /** Renders again once something is there. */
  await(action: string, loading: Promise<unknown>): void {
    if (loading === this.#awaited) return;
    this.#awaited = loading;
    loading.then(
      () => this.host.requestUpdate(),
      (failure) => this.#fail(action, unreachable(failure)),
    );
  }

  /** Changes what is remembered, unless the customer has moved on. */
  set(key: string, local: Partial<Local>, focus = ""): void {
    if (key !== this.#key) return;
    this.local = { ...this.local, ...local };
    this.#focus = focus;
    this.host.requestUpdate();
  }

  /** Gives the focus to what was asked for, now that it is there. */
  focus(): void {
    if (!this.#focus) return;
    this.host.renderRoot.querySelector<HTMLElement>(`#${this.#focus}`)?.focus();
    this.#focus = "";
  }

  async #run(action: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (failure) {
      this.#fail(action, asFanfareError(failure));
    } finally {
      this.busy = null;
      this.host.requestUpdate();
    }
  }

  #fail(action: string, error: FanfareError): void {
    if (error.code === "ABORTED") return;
    this.problem = { action, error };
    this.host.requestUpdate();
    this.report(error);
  }
}

function unreachable(cause: unknown): FanfareError {
  const message =
    "A part of the widget could not be loaded. Check the connection, or reload the page.";
  return new FanfareError("NETWORK_ERROR", message, { cause, retryable: true });
}
