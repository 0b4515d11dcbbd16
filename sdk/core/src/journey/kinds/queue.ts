import { every, type Facts, type Looks, moment, type Watcher } from "../facts.js";
import * as line from "../line.js";
import { atTheDoor, between } from "../looks.js";
import { doorOf, isFull } from "../phases.js";
import type { QueueDisplay } from "../view.js";
import type { Kind } from "./kind.js";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

type Queued = Facts<"queue">;

/** People wait in line, and read nothing but its card until their turn comes near. */
export const queue: Kind<"queue"> = {
  path: "queues",
  enters: ["enter"],
  stays: ["leave"],
  release: "leave",
  listed: ({ queues }) => queues,
  lets: (door, facts, now) =>
    door === "open" || door === "paused" || (door === "pending" && lobbyIsOpen(facts, now)),
  repeats: () => false,
  settles: () => false,
  display,
  looks: (facts, phase, now, watcher) =>
    phase === "participating" ? inLine(facts, now, watcher) : outside(facts, now, watcher),
};

function display(facts: Queued): QueueDisplay {
  const { own, card, details } = facts;
  const number = own?.number ?? null;
  const told = card !== null && number !== null;
  const qualitative = details?.positionDisplay === "qualitative";
  return {
    number,
    ahead: told ? line.ahead(card, number) : own?.position ? own.position - 1 : null,
    band: qualitative ? (told ? line.band(card, number) : (own?.band ?? null)) : null,
    estimatedWait: estimate(facts, number),
    paused: (card ?? details)?.status === "PAUSED",
    inLobby: number === null,
    notice: (card ?? details)?.notice ?? null,
  };
}

/** The card's, once it knows how fast the line moves; until then what entering was answered with. */
function estimate({ own, card }: Queued, number: number | null): QueueDisplay["estimatedWait"] {
  if (card?.status === "PAUSED") return null;
  const seen = card !== null && number !== null ? line.range(card, number) : null;
  return seen ?? (card?.numbersServedPerMinute ? null : (own?.estimatedWait ?? null));
}

function lobbyIsOpen({ details }: Queued, now: number): boolean {
  if (details === null || isFull(details)) return false;
  return now >= (moment(details.lobbyOpensAt) ?? Infinity);
}

/** Everybody's card is enough: the details are read when it tells something else than they do. */
function outside(facts: Queued, now: number, watcher: Watcher): Looks {
  const { card, details, readAt } = facts;
  const quiet = atTheDoor(facts, now, watcher, 10 * MINUTE);
  const news = card !== null && details !== null && STANDING[doorOf(details, now)] !== card.status;
  return {
    ...(watcher.visible ? { card: every(facts, "card", line.SLOWEST) } : {}),
    ...(news && readAt.details < readAt.card
      ? { details: readAt.card + facts.luck * 5 * SECOND }
      : quiet),
  };
}

const STANDING = {
  pending: "PENDING",
  open: "OPEN",
  full: "OPEN",
  paused: "PAUSED",
  closed: "CLOSED",
};

function inLine(facts: Queued, now: number, watcher: Watcher): Looks {
  const { card, own } = facts;
  const number = own?.number ?? null;
  if (number === null) return inLobby(facts, now, watcher);
  if (card === null) return { card: now };
  return { card: cardAt(facts, number, watcher), ...signs(facts, number) };
}

/** Numbers are dealt at opening: everybody asks for theirs, spread by how many they are. */
function inLobby(facts: Queued, now: number, { visible }: Watcher): Looks {
  const { card, details, readAt, luck } = facts;
  const dealtAt = moment(details?.openAt) ?? now;
  const spread = between(2 * SECOND, card?.waiting ?? 0, 2 * MINUTE);
  const own =
    readAt.own < dealtAt ? dealtAt + SECOND + luck * spread : every(facts, "own", 10 * SECOND);
  return { own, ...(visible ? { card: every(facts, "card", line.SLOWEST) } : {}) };
}

/** In a hidden tab only to see whether one's turn comes near, at most once a minute. */
function cardAt(facts: Queued, number: number, { visible }: Watcher): number {
  const { card } = facts;
  if (card === null) return 0;
  if (visible) return every(facts, "card", line.pace(card, number));
  const half = (line.untilNear(card, number) ?? 0) / 2;
  return every(facts, "card", between(MINUTE, half, 10 * MINUTE));
}

/** One's own status: where the card asks for signs of life, and once when it shows a change. */
function signs(facts: Queued, number: number): Looks {
  const { card, readAt, calledAt, luck } = facts;
  if (card === null) return {};
  const { everyMs } = card.presence;
  const turn = number <= card.serving;
  const times: number[] = [];
  if (line.near(card, number)) {
    times.push(every(facts, "own", turn ? Math.min(everyMs, 5 * SECOND) : everyMs));
  }
  if (calledAt !== null && readAt.own < calledAt)
    times.push(calledAt + luck * (turn ? 1 : 20) * SECOND);
  else if (calledAt !== null) times.push(every(facts, "own", line.SLOWEST));
  return times.length === 0 ? {} : { own: Math.min(...times) };
}
