/** Where the journey comes from: given by the page, or made from the attributes. */
import { FanfareError, type FanfareSdk, type Journey } from "@fanfare/sdk-core";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { asFanfareError } from "../problems.js";
import { type Lease, lease } from "./connect.js";

export interface SourceHost extends ReactiveControllerHost {
  readonly organizationId: string;
  readonly publishableKey: string;
  readonly experienceId: string;
  readonly apiUrl: string;
  readonly sdk: FanfareSdk | null | undefined;
  readonly journey: Journey | null;
}

export class Source implements ReactiveController {
  /** Why there is no journey. */
  failure: FanfareError | null = null;
  #leased: FanfareSdk | null = null;
  #lease: Lease | null = null;
  #config = "";

  constructor(private readonly host: SourceHost) {
    host.addController(this);
  }

  get sdk(): FanfareSdk | null {
    return this.host.sdk ?? this.#leased;
  }

  get journey(): Journey | null {
    const { journey, experienceId } = this.host;
    return journey ?? (experienceId ? (this.sdk?.journeys.get(experienceId) ?? null) : null);
  }

  hostUpdate(): void {
    const { organizationId, publishableKey, experienceId, apiUrl, sdk, journey } = this.host;
    const given = sdk !== undefined || journey !== null;
    const named = [organizationId, publishableKey, experienceId, apiUrl].join("\n").trim();
    const config = given ? "" : named;
    if (config === this.#config) return;
    this.#end();
    this.#config = config;
    if (!config) return;
    if (publishableKey && experienceId) this.#connect();
    else this.failure = incomplete();
  }

  hostDisconnected(): void {
    this.#end();
  }

  /** Connects anew after a failure. */
  async again(): Promise<void> {
    this.#end();
    this.host.requestUpdate();
  }

  #connect(): void {
    const { organizationId, publishableKey, apiUrl } = this.host;
    const mine = lease({
      publishableKey,
      ...(organizationId && { organizationId }),
      ...(apiUrl && { apiUrl }),
    });
    this.#lease = mine;
    mine.sdk.then(
      (sdk) => this.#lease === mine && this.#settle(sdk, null),
      (error: unknown) => this.#lease === mine && this.#settle(null, asFanfareError(error)),
    );
  }

  #settle(sdk: FanfareSdk | null, failure: FanfareError | null): void {
    this.#leased = sdk;
    this.failure = failure;
    this.host.requestUpdate();
  }

  #end(): void {
    this.#lease?.end();
    this.#lease = null;
    this.#leased = null;
    this.failure = null;
    this.#config = "";
  }
}

function incomplete(): FanfareError {
  const message = "Give the widget a publishable-key and an experience-id.";
  return new FanfareError("INVALID_CONFIG", message);
}
