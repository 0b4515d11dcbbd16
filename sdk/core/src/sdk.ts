/** Everything that a page gets from `initFanfare`. */
import type { FanfareError } from "./errors.js";
import type { Distributions } from "./journey/distribution.js";
import type { Journey, JourneyEvent } from "./journey/journey.js";
import type { CheckoutOptions, CheckoutResult, Grant, HandoffPattern } from "./journey/view.js";
import type { Readable } from "./stores.js";
import type { Organization, Profile, SessionDetails } from "./wire/index.js";

export interface FanfareConfig {
  /** Default: whose key it is. Told, it is compared with that (`INVALID_CONFIG`). */
  readonly organizationId?: string;
  readonly publishableKey: string;
  /** Default: on Node FANFARE_API_URL, in browsers the origin that the bundle came from. */
  readonly apiUrl?: string;
  /** A device id of your own, 8 to 128 characters. Default: a random one, kept in localStorage. */
  readonly fingerprint?: string;
  /** For tests and service workers. Default: the browser's. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface FanfareSdk {
  readonly config: Readonly<
    Required<Pick<FanfareConfig, "organizationId" | "publishableKey" | "apiUrl">>
  >;
  readonly organization: Organization;
  readonly journeys: Journeys;
  /** Single queues, draws … by their ids, where a page needs no journey. */
  readonly distributions: Distributions;
  readonly auth: Auth;
  readonly consumer: Consumers;
  readonly checkout: Checkout;
  /** Calls back at each event; returns what stops it. */
  on<Name extends keyof FanfareEvents>(
    event: Name,
    listener: (of: FanfareEvents[Name]) => void,
  ): () => void;
  /** Ends timers, listeners and calls; nothing calls back afterwards. */
  destroy(): void;
}

export interface FanfareEvents {
  journey: JourneyEvent;
  session: SessionDetails | null;
  error: FanfareError;
  checkout: CheckoutEvent;
}

/** What an embedded checkout tells of itself (see `@fanfare/sdk-core/embedded`). */
export interface CheckoutEvent {
  readonly type: "ready" | "completed" | "failed" | "closed";
  readonly admissionId: string | null;
  readonly experienceId: string | null;
  /** The shop's own, where its page told it. */
  readonly orderId?: string;
  /** What to tell the customer after `failed`. */
  readonly message?: string;
}

export interface Journeys {
  /** The same object for the same id. */
  get(experienceId: string): Journey;
  /** Starts the journeys that this customer is in already, and returns them without waiting. */
  resumeAll(): Promise<readonly Journey[]>;
}

export interface Auth {
  readonly session$: Readable<SessionDetails | null>;
  getSession(): SessionDetails | null;
  /** Begins a guest's session unless there is one. */
  guest(): Promise<SessionDetails>;
  /** Sends a code; the answer is the same whether anybody has that contact or not. */
  requestOtp(contact: Contact & { readonly fullName?: string }): Promise<void>;
  /** Signs in; a guest becomes that customer, and keeps what they have entered. */
  verifyOtp(contact: Contact & { readonly code: string }): Promise<SessionDetails>;
  /** Signs in with a code that your server got for somebody whom your own login knows. */
  exchangeExternal(code: string): Promise<SessionDetails>;
  /** Asks for new tokens now; calls do so by themselves when it is due. */
  refresh(): Promise<SessionDetails>;
  /** Ends the session here at once; rejects where the service could not be told. */
  logout(): Promise<void>;
}

export type Contact =
  | { readonly email: string }
  | { readonly phone: string; readonly defaultCountry?: string };

/** `journeys` are those of `active`. */
export type Me = Profile & { readonly journeys: Profile["active"]["journeys"] };

export interface Consumers {
  /** Who one is, and all that one is in. Raises AUTHENTICATION_REQUIRED where no session is. */
  getMe(): Promise<Me>;
}

/** What `consumers/me` says of an admission, and what a grant says. */
export interface Resumable {
  readonly admissionToken: string;
}

export interface Checkout {
  /** Asks for a handoff's address and goes there (`navigate: false`: only returns it). */
  handoff(grant: Pick<Grant, "token">, options: HandoffOptions): Promise<CheckoutResult>;
  /** Goes on with an admission found in `consumer.getMe()`. */
  resume(admission: Resumable, options?: Partial<HandoffOptions>): Promise<CheckoutResult>;
  /** As `admissionFromUrl()`, which needs no `initFanfare`: a checkout page uses that. */
  fromUrl(): string | null;
}

export type HandoffOptions = CheckoutOptions & { readonly pattern: HandoffPattern };
