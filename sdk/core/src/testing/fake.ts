/** A Fanfare in the memory of a test. */
import type { FanfareConfig } from "../sdk.js";
import { FakeAuction } from "./auction.js";
import { FakeDraw, type Winners } from "./draw.js";
import { Launch, SOLVED } from "./launch.js";
import type { Entry, Line } from "./line.js";
import { type Disturbance, FakeNetwork, type FakeRequest } from "./network.js";
import type { FakeOptions } from "./options.js";
import { People, type Person } from "./people.js";
import type { House } from "./routes.js";
import { FakeClock, Ids } from "./world.js";

const API_URL = "https://fanfare.test";
const KEY = "pk_test_00000000000000000000000000000000";
const CODES_A_MINUTE = 10;

export type FakeConfig = Required<
  Pick<FanfareConfig, "organizationId" | "publishableKey" | "apiUrl" | "fetch">
>;

/** What a merchant's own login knows of a customer. */
export type FakeClaims = Partial<Pick<Person, "email" | "phone" | "fullName">>;

/**
 * A service with one experience. Pass `config` to `initFanfare`; the methods are what the merchant,
 * other customers and time do, all of it to the first sequence. Without a consumer's id they mean
 * whoever is next. They take effect at once; the page learns of it as always: when it asks.
 */
export class FakeFanfare {
  readonly config: FakeConfig;
  readonly fetch: typeof globalThis.fetch;
  readonly experienceId: string;
  readonly sequenceId: string;
  /** The waitlist's where the sequence has nothing else. */
  readonly distributionId: string;
  readonly waitlistId: string | null;
  /** The answer to a bot check that the fake takes: `reroute({ challenge })`. */
  readonly solvedChallenge: string = SOLVED;
  readonly #clock = new FakeClock();
  readonly #ids = new Ids();
  readonly #house: House;
  readonly #network: FakeNetwork;

  constructor(options: FakeOptions) {
    const organizationId = this.#ids.make("org");
    const context = { organizationId, apiUrl: API_URL, clock: this.#clock, ids: this.#ids };
    const launch = new Launch(context, options);
    const people = new People(context, (from, to) => launch.move(from, to));
    const organization = shop(organizationId);
    this.#house = { context, launch, people, organization, codeLimit: CODES_A_MINUTE };
    this.#network = new FakeNetwork(this.#house, KEY, () => this.#tick());
    this.fetch = this.#network.fetch;
    this.config = { organizationId, publishableKey: KEY, apiUrl: API_URL, fetch: this.fetch };
    const [first] = launch.paths;
    this.experienceId = launch.id;
    this.sequenceId = first?.id ?? "";
    this.distributionId = first?.line?.id ?? first?.waitlist?.id ?? "";
    this.waitlistId = first?.waitlist?.id ?? null;
  }

  /** What was asked so far. */
  get requests(): readonly FakeRequest[] {
    return this.#network.requests;
  }

  /** The fake's time, in milliseconds: the page's, and what `advance` made of it. */
  now(): number {
    return this.#clock.now();
  }

  /** Lets the service's time pass: what is due happens. The page's timers are the test's affair. */
  advance(milliseconds: number): void {
    this.#clock.advance(milliseconds);
    this.#tick();
  }

  open(): void {
    this.#change({ openAt: this.now(), state: "active" });
  }

  close(): void {
    this.#change({ closeAt: this.now() });
  }

  /** Nobody is admitted; entries go on. */
  pause(): void {
    this.#change({ state: "paused" });
  }

  resume(): void {
    this.#change({ state: "active" });
  }

  /** Closes for good: who waits is denied. */
  end(): void {
    this.#change({ state: "ended" });
    for (const entry of this.#line().waiting()) this.#line().end(entry, "QUEUE_CLOSED");
  }

  admit(consumerId?: string): void {
    this.#line().admit(this.#one(["QUEUED"], consumerId));
  }

  /** An order was made. */
  complete(consumerId?: string): void {
    this.#line().complete(this.#one(["ADMITTED"], consumerId));
    this.#tick();
  }

  deny(consumerId?: string, reason = "VALIDATION_LIMIT_REACHED"): void {
    this.#line().end(this.#one(["QUEUED", "ADMITTED"], consumerId), reason);
    this.#tick();
  }

  /** Ends an admission's time. */
  expire(consumerId?: string): void {
    this.#one(["ADMITTED"], consumerId).expiresAt = this.now();
    this.#tick();
  }

  /** Sells all that nobody holds. */
  sellOut(): void {
    this.#line().sellOut();
    this.#tick();
  }

  /** Lets so many others enter. */
  crowd(count: number): void {
    for (let left = count; left > 0; left -= 1) this.#line().add(this.#ids.make("cons"));
  }

  /** Draws. Default: as many winners as the draw has, in the order in which they entered. */
  draw({ winners }: { readonly winners?: Winners } = {}): void {
    this.#special(FakeDraw).draw(winners);
    this.#tick();
  }

  /** Another bidder offers this, or the least that is accepted. */
  outbid(amount?: string): void {
    this.#special(FakeAuction).outbid(amount);
  }

  settle(): void {
    this.#special(FakeAuction).settle();
    this.#tick();
  }

  /** The code that was sent last to an address or a number. */
  otp(contact: string): string {
    return this.#house.people.code(contact);
  }

  /** A code for `auth.exchangeExternal`, as the merchant's server gets one. */
  exchangeCode(claims: FakeClaims = {}): string {
    return this.#house.people.vouch(claims);
  }

  /** Access tokens end; the page can refresh them. */
  expireAccess(): void {
    this.#house.people.expireAccess();
  }

  /** Everybody is signed out. */
  endSessions(): void {
    this.#house.people.endSessions();
  }

  /** How many access codes somebody may try in a minute. Default: 10. */
  limitCodes(most: number): void {
    this.#house.codeLimit = most;
  }

  goOffline(): void {
    this.#network.online = false;
  }

  goOnline(): void {
    this.#network.online = true;
  }

  /** Lets calls that come next fail. */
  disturb(disturbance: Disturbance): void {
    this.#network.disturb(disturbance);
  }

  #tick(): void {
    const { launch } = this.#house;
    for (const each of [...launch.lines(), ...launch.waitlists()]) each.tick();
  }

  #change(to: Partial<Pick<Line, "openAt" | "closeAt" | "state">>): void {
    Object.assign(this.#line(), to);
    this.#tick();
  }

  #line(): Line {
    const line = this.#house.launch.paths[0]?.line;
    if (!line) throw new Error("This experience has only a waitlist.");
    return line;
  }

  #one(states: readonly Entry["state"][], consumerId?: string): Entry {
    this.#tick();
    const found = this.#line().entries.find(
      (each) => states.includes(each.state) && (consumerId ?? each.consumerId) === each.consumerId,
    );
    if (found) return found;
    throw new Error(`${consumerId ?? "Nobody"} is not ${states.join(" or ")} there.`);
  }

  #special<Kind extends Line>(kind: new (...given: never[]) => Kind): Kind {
    const line = this.#line();
    if (line instanceof kind) return line;
    throw new Error(`The mechanism of this fake is ${line.kind}: it cannot do that.`);
  }
}

/** Makes a service whose experience is as the options say; without any, an open queue. */
export function fakeFanfare(options: FakeOptions = {}): FakeFanfare {
  return new FakeFanfare(options);
}

function shop(id: string) {
  return {
    id,
    name: "Fake shop",
    slug: "fake-shop",
    logoUrl: null,
    timeZone: "UTC",
    countryCode: null,
    languageCode: "en",
    currencyCode: "USD",
    checkoutUrl: null,
    theme: null,
    mode: "test",
  };
}
