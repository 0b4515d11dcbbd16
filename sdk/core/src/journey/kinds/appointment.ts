import { every, type Facts, moment } from "../facts.js";
import { atTheDoor, decision } from "../looks.js";
import type { Kind } from "./kind.js";

const MINUTE = 60_000;

/** People book a time of their own, and are admitted when it comes. */
export const appointment: Kind<"appointment"> = {
  path: "appointments",
  enters: ["book"],
  stays: ["cancel", "reschedule"],
  release: "cancel",
  listed: ({ appointments }) => appointments,
  lets: (door) => door === "open" || door === "paused",
  repeats: () => false,
  settles: () => false,
  display: ({ own, details }) =>
    own && {
      confirmationCode: own.confirmationCode,
      startTime: new Date(own.startTime),
      endTime: new Date(own.endTime),
      locationName: details?.locations.find(({ id }) => id === own.locationId)?.name ?? null,
    },
  looks(facts, phase, now, watcher) {
    if (phase !== "participating") return atTheDoor(facts, now, watcher, MINUTE);
    return { own: nextAsked(facts, now, watcher.visible) };
  },
};

function nextAsked(facts: Facts<"appointment">, now: number, visible: boolean): number {
  const starts = moment(facts.own?.startTime) ?? 0;
  const ends = moment(facts.own?.endTime) ?? 0;
  if (now >= starts && now < ends + MINUTE) return decision(facts, starts, now);
  const quiet = visible ? every(facts, "own", 5 * MINUTE) : Infinity;
  return now < starts ? Math.min(quiet, decision(facts, starts, now)) : quiet;
}
