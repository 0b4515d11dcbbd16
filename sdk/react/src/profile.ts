/** Who the customer is and what they take part in, read once for all components of a page. */
import type { FanfareError, FanfareSdk, JourneyEvent, Me } from "@fanfare/sdk-core";
import { atom } from "nanostores";

export interface ProfileState {
  readonly me: Me | null;
  readonly isLoading: boolean;
  readonly error: FanfareError | null;
}

export const LOADING: ProfileState = { me: null, isLoading: true, error: null };
const NOBODY: ProfileState = { me: null, isLoading: false, error: null };
const CHANGES = new Set<JourneyEvent["type"]>([
  "entered",
  "admitted",
  "expired",
  "completed",
  "ended",
  "left",
]);

const profiles = new WeakMap<FanfareSdk, Profile>();

/** The same for the same SDK. */
export function profileOf(sdk: FanfareSdk): Profile {
  const profile = profiles.get(sdk) ?? new Profile(sdk);
  profiles.set(sdk, profile);
  return profile;
}

export class Profile {
  readonly state$ = atom(LOADING);
  readonly #sdk: FanfareSdk;
  #followers = 0;
  #reads = 0;
  #stops: (() => void)[] = [];

  constructor(sdk: FanfareSdk) {
    this.#sdk = sdk;
  }

  /** Reads now and whenever something changes, until nobody follows any more. */
  follow(): () => void {
    this.#followers += 1;
    if (this.#followers === 1 && this.#stops.length === 0) this.#begin();
    return () => {
      this.#followers -= 1;
      queueMicrotask(() => {
        if (this.#followers === 0) this.#end();
      });
    };
  }

  #begin(): void {
    this.#stops = [
      this.#sdk.auth.session$.subscribe(() => void this.#read()),
      this.#sdk.on("journey", ({ type }) => {
        if (CHANGES.has(type)) void this.#read();
      }),
    ];
  }

  #end(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  /** Whichever answer comes last, the newest read's is shown. */
  async #read(): Promise<void> {
    this.#reads += 1;
    const mine = this.#reads;
    const answer = await this.#ask();
    if (mine === this.#reads) this.state$.set(answer);
  }

  /** Whoever has no session yet is nobody: asking would make them a guest. */
  async #ask(): Promise<ProfileState> {
    if (this.#sdk.auth.getSession() === null) return NOBODY;
    try {
      return { me: await this.#sdk.consumer.getMe(), isLoading: false, error: null };
    } catch (error) {
      return { me: this.state$.get().me, isLoading: false, error: error as FanfareError };
    }
  }
}
