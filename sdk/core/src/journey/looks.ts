/** When to read what next. Waiting is cheap for the origin: hidden tabs and far ends read little. */
import { every, type Facts, type Looks, moment, type Watcher } from "./facts.js";
import type { Kind } from "./kinds/kind.js";
import { mayFollow, phaseOf, startOf } from "./phases.js";
import type { Mechanism } from "./view.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Every moment at which something of this distribution is to be read. */
export function looksOf(kind: Kind<Mechanism>, facts: Facts, now: number, watcher: Watcher): Looks {
  const phase = phaseOf(kind, facts, now);
  if (phase === "granted") return whileGranted(facts, now, watcher);
  if (phase === "ended") return afterEnd(kind, facts, now, watcher);
  return kind.looks(facts, phase, now, watcher);
}

/** The next moment at which the view changes by itself. */
export function nextTurn(facts: Facts, now: number): number {
  const { details, own, refused } = facts;
  const moments = [refused?.until ?? null];
  for (const each of [details, own]) {
    for (const [name, value] of Object.entries(each ?? {})) {
      if (name.endsWith("At") && typeof value === "string") moments.push(moment(value));
    }
  }
  return Math.min(...moments.map((each) => (each !== null && each > now ? each : Infinity)));
}

/** Outside: at a quiet pace, and after what the details foretell or a refusal allows. */
export function atTheDoor(facts: Facts, now: number, { visible }: Watcher, pace: number): Looks {
  const { refused, readAt, luck } = facts;
  const times = [visible ? every(facts, "details", pace) : Infinity];
  for (const at of [startOf(facts), refused?.until ?? null]) {
    if (at !== null && readAt.details < at && now >= at) times.push(at + luck * 20 * SECOND);
  }
  return { details: Math.min(...times) };
}

/** While something is decided that was due at `since`: often at first, then ever less. */
export function decision(facts: Facts, since: number, now: number): number {
  const { readAt, luck } = facts;
  if (readAt.own < since) return since + (0.5 + luck * 5) * SECOND;
  return every(facts, "own", between(5 * SECOND, (now - since) / 4, MINUTE));
}

export function between(least: number, value: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

function whileGranted(facts: Facts, now: number, { visible }: Watcher): Looks {
  const expires = expiry(facts) ?? Infinity;
  const pace = between(MINUTE, (expires - now) / 15, 10 * MINUTE);
  const end = expires + (0.5 + facts.luck * 3) * SECOND;
  return { own: Math.min(end, visible ? every(facts, "own", pace) : Infinity) };
}

/** Where the service has yet to notice the end it is asked again; else whether one may return. */
function afterEnd(kind: Kind<Mechanism>, facts: Facts, now: number, { visible }: Watcher): Looks {
  const { own, readAt, luck } = facts;
  if (own?.status === "ADMITTED") return { own: decision(facts, expiry(facts) ?? now, now) };
  if (!visible || !mayFollow(kind, facts)) return {};
  const stale = readAt.details < readAt.own;
  const next = stale ? readAt.own + luck * 2 * SECOND : every(facts, "details", 5 * MINUTE);
  return { details: next };
}

function expiry({ own }: Facts): number | null {
  return own !== null && "expiresAt" in own ? moment(own.expiresAt) : null;
}
