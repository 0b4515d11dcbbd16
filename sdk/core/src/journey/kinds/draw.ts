import { every, type Facts, moment } from "../facts.js";
import { atTheDoor, decision } from "../looks.js";
import type { Kind } from "./kind.js";

const MINUTE = 60_000;

type Entered = Facts<"draw">;

/** People enter in time, and are chosen from at one moment. */
export const draw: Kind<"draw"> = {
  path: "draws",
  enters: ["enter"],
  stays: ["leave"],
  release: "leave",
  listed: ({ draws }) => draws,
  lets: (door) => door === "open" || door === "paused",
  repeats: () => false,
  settles: (facts, now) => !isBackup(facts) && now >= decidedAt(facts),
  display: (facts, _now, countdowns) =>
    facts.details && {
      drawAt: new Date(drawAt(facts)),
      countdown$: countdowns("draw", drawAt(facts)),
      entrantCount: Math.max(1, facts.details.entrantCount),
      winnerCount: facts.details.winnerCount,
      standing: isBackup(facts) ? "backup" : "entered",
    },
  looks(facts, phase, now, watcher) {
    if (phase === "settling") return { own: decision(facts, decidedAt(facts), now) };
    if (phase !== "participating") return atTheDoor(facts, now, watcher, MINUTE);
    const { visible } = watcher;
    const asks = isBackup(facts) || wasEnded(facts);
    return {
      own: asks ? every(facts, "own", visible ? MINUTE : 5 * MINUTE) : Infinity,
      details: visible ? every(facts, "details", 5 * MINUTE) : Infinity,
    };
  },
};

/** Closed before its time: whether entries still count only one's own status says. */
function wasEnded({ details, readAt }: Entered): boolean {
  return details?.status === "CLOSED" && readAt.details < (moment(details.closeAt) ?? Infinity);
}

function drawAt({ details }: Entered): number {
  return moment(details?.drawAt) ?? 0;
}

/** A draw may be drawn by hand before its time: then it was by the time that it says so. */
function decidedAt(facts: Entered): number {
  const drawn = facts.details?.status === "DRAWN";
  return drawn ? Math.min(drawAt(facts), facts.readAt.details) : drawAt(facts);
}

function isBackup({ own }: Entered): boolean {
  return own?.outcome === "BACKUP";
}
