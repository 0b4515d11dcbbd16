/** Who is there: sessions, codes, and who turned out to be whom. */
import type { Body } from "./line.js";
import { invalid, invalidCode, unauthenticated } from "./problems.js";
import { type Context, iso, token } from "./world.js";

const ACCESS_SECONDS = 3600;
const REFRESH_MS = 30 * 24 * 3_600_000;
const GRACE_MS = 30_000;

export interface Person {
  id: string;
  email: string | null;
  phone: string | null;
  fullName: string | null;
  readonly createdAt: number;
}

/** One sign-in: the refresh token in use, and the one before it. */
interface Family {
  person: Person;
  current: string;
  previous: string | null;
  rotatedAt: number;
  accessUntil: number;
  ended: boolean;
}

export class People {
  readonly #context: Context;
  readonly #everybody: Person[] = [];
  readonly #families = new Map<string, Family>();
  readonly #access = new Map<string, Family>();
  readonly #codes = new Map<string, string>();
  readonly #vouched = new Map<string, Partial<Person>>();
  readonly #merge: (from: string, to: string) => void;
  #made = 0;

  constructor(context: Context, merge: (from: string, to: string) => void) {
    this.#context = context;
    this.#merge = merge;
  }

  guest(): Body {
    return this.#begin(this.#join({}));
  }

  /** Whose token it is; null without one. */
  of(authorization: string | null): Person | null {
    return this.#family(authorization)?.person ?? null;
  }

  refresh(refreshToken: unknown): Body {
    if (typeof refreshToken !== "string") throw missing("refreshToken");
    const family = this.#families.get(refreshToken);
    const now = this.#context.clock.now();
    if (!family || family.ended || now >= family.rotatedAt + REFRESH_MS) throw unauthenticated();
    if (refreshToken === family.current) {
      family.previous = family.current;
      family.current = this.#refreshToken(family);
      family.rotatedAt = now;
    } else if (refreshToken !== family.previous || now > family.rotatedAt + GRACE_MS) {
      family.ended = true;
      throw unauthenticated();
    }
    return this.#answer(family);
  }

  logout(authorization: string | null): void {
    const family = this.#family(authorization);
    if (!family) throw unauthenticated();
    family.ended = true;
  }

  requestOtp(body: Body): Body {
    const contact = contactOf(body);
    this.#made += 1;
    this.#codes.set(contact, String(100_000 + this.#made));
    const { ids, clock } = this.#context;
    return { requestId: ids.make("otp"), expiresAt: iso(clock.now() + 600_000) };
  }

  /** The code that was sent last. */
  code(contact: string): string {
    const code = this.#codes.get(contact);
    if (!code) throw new Error(`Nothing was sent to ${contact}.`);
    return code;
  }

  verifyOtp(body: Body, authorization: string | null): Body {
    const contact = contactOf(body);
    if (body["code"] !== this.#codes.get(contact)) throw invalidCode("INVALID_OTP");
    this.#codes.delete(contact);
    const known = contact.includes("@") ? { email: contact } : { phone: contact };
    return this.#signIn(known, authorization);
  }

  /** What a merchant's server does after its own login. */
  vouch(claims: Partial<Pick<Person, "email" | "phone" | "fullName">>): string {
    this.#made += 1;
    const code = `xc_fake_${this.#made}`;
    this.#vouched.set(code, claims);
    return code;
  }

  exchange(code: unknown, authorization: string | null): Body {
    const claims = this.#vouched.get(String(code));
    if (!claims) throw invalidCode("INVALID_EXCHANGE_CODE");
    this.#vouched.delete(String(code));
    return this.#signIn(claims, authorization);
  }

  /** Access tokens are over; they can be refreshed. */
  expireAccess(): void {
    this.#access.clear();
  }

  /** Everybody is signed out. */
  endSessions(): void {
    for (const family of this.#families.values()) family.ended = true;
  }

  #family(authorization: string | null): Family | null {
    if (authorization === null) return null;
    const family = this.#access.get(authorization.replace(/^Bearer /, ""));
    const over = !family || family.ended || this.#context.clock.now() >= family.accessUntil;
    if (over) throw unauthenticated();
    return family;
  }

  /** A guest becomes whoever they turn out to be, with all that they have entered. */
  #signIn(claims: Partial<Person>, authorization: string | null): Body {
    const guest = this.of(authorization);
    const same = ({ email, phone }: Person) =>
      (claims.email && email === claims.email) || (claims.phone && phone === claims.phone);
    const known = this.#everybody.find(same);
    if (known && guest && known !== guest) this.#merge(guest.id, known.id);
    const person = known ?? guest ?? this.#join({});
    Object.assign(person, claims);
    return this.#begin(person);
  }

  #join(claims: Partial<Person>): Person {
    const { ids, clock } = this.#context;
    const nobody = { email: null, phone: null, fullName: null };
    const person = { id: ids.make("cons"), ...nobody, ...claims, createdAt: clock.now() };
    this.#everybody.push(person);
    return person;
  }

  #begin(person: Person): Body {
    const now = this.#context.clock.now();
    const unset = { current: "", previous: null, accessUntil: 0, ended: false };
    const family: Family = { person, rotatedAt: now, ...unset };
    family.current = this.#refreshToken(family);
    return this.#answer(family);
  }

  #refreshToken(family: Family): string {
    this.#made += 1;
    const made = `rt_fake_${this.#made}`;
    this.#families.set(made, family);
    return made;
  }

  #answer(family: Family): Body {
    const { person } = family;
    const now = this.#context.clock.now();
    this.#made += 1;
    family.accessUntil = now + ACCESS_SECONDS * 1000;
    const accessToken = token({ sub: person.id, typ: "access", jti: this.#made });
    this.#access.set(accessToken, family);
    const guest = person.email === null && person.phone === null;
    return {
      accessToken,
      refreshToken: family.current,
      tokenType: "Bearer",
      expiresIn: ACCESS_SECONDS,
      session: {
        type: guest ? "guest" : "authenticated",
        consumerId: person.id,
        guestId: guest ? person.id : null,
        email: person.email,
        phone: person.phone,
        expiresAt: iso(now + REFRESH_MS),
      },
    };
  }
}

function contactOf(body: Body): string {
  const contact = body["email"] ?? body["phone"];
  if (typeof contact !== "string") throw missing("email");
  return contact;
}

function missing(field: string) {
  return invalid(field, "Missing data for required field.");
}
