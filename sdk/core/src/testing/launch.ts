/** The experience with its sequences, and which way through it is open to whom. */
import { FakeAppointment } from "./appointment.js";
import { FakeAuction } from "./auction.js";
import { FakeDraw } from "./draw.js";
import type { Body, Line, Place } from "./line.js";
import type { FakeExperience, FakeOptions, FakeSequence } from "./options.js";
import type { Person } from "./people.js";
import { notFound, notRouted } from "./problems.js";
import { FakeQueue } from "./queue.js";
import { FakeTimedRelease } from "./release.js";
import { FakeWaitlist } from "./waitlist.js";
import { type Context, iso, isoOrNull, time } from "./world.js";

/** The answer to a challenge that the fake takes for a person's. */
export const SOLVED = "solved";

const CHECKOUT = "https://shop.example/checkout?token={token}";
const SHELVES: Record<string, string> = {
  queue: "queues",
  draw: "draws",
  auction: "auctions",
  appointment: "appointments",
  timed_release: "timedReleases",
};

interface Path {
  readonly id: string;
  readonly given: FakeSequence;
  readonly line: Line | null;
  readonly waitlist: FakeWaitlist | null;
  /** Who has passed its code or its check. */
  readonly granted: Set<string>;
}

export class Launch {
  readonly id: string;
  readonly checkoutUrl: string;
  readonly paths: readonly Path[];
  readonly #given: FakeExperience;
  readonly #productId: string;
  readonly #currency: string;
  readonly #entered = new Map<string, number>();

  constructor(
    readonly context: Context,
    options: FakeOptions,
  ) {
    this.#given = options.experience ?? {};
    this.id = this.#given.id ?? context.ids.make("exp");
    this.checkoutUrl = this.#given.checkoutUrl ?? CHECKOUT;
    this.#productId = this.#given.product?.id ?? context.ids.make("prod");
    this.#currency = this.#given.currencyCode ?? "USD";
    this.paths = [options, ...(options.sequences ?? [])].map((given) => this.#path(given));
  }

  lines(): Line[] {
    return this.paths.flatMap(({ line }) => line ?? []);
  }

  waitlists(): FakeWaitlist[] {
    return this.paths.flatMap(({ waitlist }) => waitlist ?? []);
  }

  show(): Body {
    const given = this.#given;
    return {
      id: this.id,
      name: given.name ?? "Launch",
      openAt: isoOrNull(time(given.openAt)),
      closeAt: isoOrNull(time(given.closeAt)),
      timeZone: given.timeZone ?? "UTC",
      theme: given.theme ?? null,
      i18n: given.i18n ?? null,
      currencyCode: this.#currency,
      checkoutUrl: this.checkoutUrl,
      product: this.#product(),
      notice: given.notice ?? null,
      sequences: this.#ordered().map((path) => shown(path)),
      serverTime: this.context.clock.stamp(),
    };
  }

  /** Whether one is in it now for the first time, and what that answers. */
  enter(person: Person): [Body, boolean] {
    const since = this.#entered.get(person.id);
    const enteredAt = since ?? this.context.clock.now();
    this.#entered.set(person.id, enteredAt);
    const body = {
      enteredAt: iso(enteredAt),
      experience: this.show(),
      journey: this.route(person, {}),
    };
    return [body, since === undefined];
  }

  leave(person: Person): void {
    this.#entered.delete(person.id);
    for (const line of this.lines()) {
      const { state } = line.latest(person.id) ?? {};
      const binding = line.kind === "auction" && state === "QUEUED";
      if ((state === "QUEUED" || state === "ADMITTED") && !binding) line.leave(person.id);
    }
    for (const list of this.waitlists()) if (list.waits(person.id)) list.leave(person.id);
  }

  /** Where somebody goes. */
  route(person: Person | null, { accessCode, challenge }: Body): Body {
    const checked = challenge === SOLVED && person !== null;
    const seen = this.#ordered()
      .filter(({ given }) => given.audience !== "nobody")
      .map((path) => ({ path, gates: gates(path, person, accessCode, checked) }));
    const reachable = seen.filter(({ gates }) => !gates.includes("access_code"));
    const found = reachable.find(({ gates }) => gates.length === 0);
    if (found) {
      if (person) found.path.granted.add(person.id);
      return this.#answer("routed", found.path.id, offers(found.path), []);
    }
    const [gated] = reachable.length > 0 ? reachable : seen;
    if (!gated) return this.#answer("no_access", null, [], []);
    return this.#answer("gated", gated.path.id, [], gated.gates.map(this.#gate));
  }

  /** Raises unless `route` has led this consumer to where the line is. */
  require(sequenceId: string, person: Person): void {
    const path = this.paths.find(({ id }) => id === sequenceId);
    if (!path) throw notFound();
    const { accessCode, requireAuthentication, botCheck, audience } = path.given;
    const open = !accessCode && !requireAuthentication && !botCheck && audience !== "nobody";
    if (!open && !path.granted.has(person.id)) throw notRouted();
  }

  move(from: string, to: string): void {
    for (const { granted } of this.paths) if (granted.delete(from)) granted.add(to);
    for (const line of this.lines()) {
      const lives = ["QUEUED", "ADMITTED"].includes(line.latest(to)?.state ?? "");
      for (const entry of line.entries) {
        if (entry.consumerId === from && lives) line.leave(from);
        if (entry.consumerId === from && !lives) entry.consumerId = to;
      }
    }
    for (const list of this.waitlists()) list.move(from, to);
  }

  #ordered(): Path[] {
    return [...this.paths].sort((a, b) => (b.given.priority ?? 0) - (a.given.priority ?? 0));
  }

  #path(given: FakeSequence): Path {
    const id = this.context.ids.make("seq");
    const place: Place = { experienceId: this.id, sequenceId: id, currencyCode: this.#currency };
    const line = made(this.context, place, given);
    const open = () => line?.status() === "OPEN";
    const listed = given.waitlist || given.mechanism === "waitlist";
    const waitlist = listed ? new FakeWaitlist(this.context, place, open) : null;
    return { id, given, line, waitlist, granted: new Set() };
  }

  #product(): Body | null {
    const { product } = this.#given;
    if (product === null) return null;
    const {
      name = "Limited Sneaker",
      price = "199.99",
      imageUrl = null,
      url = null,
    } = product ?? {};
    return { id: this.#productId, name, price, currencyCode: this.#currency, imageUrl, url };
  }

  #answer(outcome: string, sequenceId: string | null, offers: Body[], gates: Body[]): Body {
    return { outcome, experienceId: this.id, sequenceId, offers, gates };
  }

  readonly #gate = (kind: string): Body => {
    if (kind === "authentication") return { kind, methods: ["otp", "external"] };
    if (kind !== "bot_check") return { kind };
    const challengeUrl = `${this.context.apiUrl}/api/v1/challenges`;
    return { kind, provider: "altcha", challengeUrl };
  };
}

function made(context: Context, place: Place, given: FakeSequence): Line | null {
  const { mechanism = "queue", distribution = {} } = given;
  switch (mechanism) {
    case "queue":
      return new FakeQueue(context, place, distribution);
    case "draw":
      return new FakeDraw(context, place, distribution);
    case "auction":
      return new FakeAuction(context, place, distribution);
    case "appointment":
      return new FakeAppointment(context, place, distribution);
    case "timed_release":
      return new FakeTimedRelease(context, place, distribution);
    case "waitlist":
      return null;
  }
}

function shown({ id, given, line, waitlist }: Path): Body {
  const shelves = Object.values(SHELVES).map((name) => [name, [] as Body[]] as const);
  const shelf = line ? { [SHELVES[line.kind] ?? ""]: [line.show()] } : {};
  return {
    id,
    name: given.name ?? "Everybody",
    color: given.color ?? null,
    priority: given.priority ?? 0,
    hasAccessCode: given.accessCode !== undefined,
    waitlist: waitlist?.show() ?? null,
    ...Object.fromEntries(shelves),
    ...shelf,
  };
}

function gates(path: Path, person: Person | null, code: unknown, checked: boolean): string[] {
  const { requireAuthentication, accessCode, botCheck } = path.given;
  const known = person !== null && (person.email !== null || person.phone !== null);
  const granted = person !== null && path.granted.has(person.id);
  const standing = {
    authentication: requireAuthentication && !known,
    access_code: accessCode !== undefined && !granted && code !== accessCode,
    bot_check: botCheck && !granted && !checked,
  };
  return Object.entries(standing).flatMap(([kind, stands]) => (stands ? [kind] : []));
}

/** First what is open, else the waitlist, then what opens later. */
function offers({ id, line, waitlist }: Path): Body[] {
  const live = line && !["CLOSED", "DRAWN", "SETTLED"].includes(line.status()) ? line : null;
  const offer = (mechanism: string, distributionId: string) => ({
    sequenceId: id,
    mechanism,
    distributionId,
  });
  const real = live ? [offer(live.kind, live.id)] : [];
  const lists = waitlist && !live?.takesEntries() ? [offer("waitlist", waitlist.id)] : [];
  return [...lists, ...real];
}
