/** What all parts of a fake service share: its time, its ids, its tokens. */
import type { Moment } from "./options.js";

export const HOUR = 3_600_000;
const PREFIXES: Record<string, string> = {
  timed_release: "tr",
  appointment: "appt",
  waitlist: "wl",
};

export interface Context {
  readonly organizationId: string;
  readonly apiUrl: string;
  readonly clock: FakeClock;
  readonly ids: Ids;
}

/** The page's own time, and what was made of it by `advance`. */
export class FakeClock {
  #ahead = 0;

  now(): number {
    return Date.now() + this.#ahead;
  }

  stamp(): string {
    return iso(this.now());
  }

  advance(milliseconds: number): void {
    this.#ahead += milliseconds;
  }
}

/** Ids in the service's form, the same ones in every run. */
export class Ids {
  #count = 0;

  make(kind: string): string {
    this.#count += 1;
    return `${PREFIXES[kind] ?? kind}_01FAKE${String(this.#count).padStart(20, "0")}`;
  }
}

export function iso(moment: number): string {
  return new Date(moment).toISOString();
}

export function isoOrNull(moment: number | null): string | null {
  return moment === null ? null : iso(moment);
}

/** Milliseconds since 1970, or null where no time is given. */
export function time(moment: Moment | undefined): number | null {
  return moment === null || moment === undefined ? null : new Date(moment).getTime();
}

/** A token in the form of a JWT, with nothing to sign it: only the fake takes it. */
export function token(claims: Record<string, string | number>): string {
  return [{ alg: "none", typ: "JWT" }, claims, "fake"].map((part) => encoded(part)).join(".");
}

function encoded(part: unknown): string {
  const text = btoa(JSON.stringify(part));
  return text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
