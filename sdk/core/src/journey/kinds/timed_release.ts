import { every } from "../facts.js";
import { atTheDoor } from "../looks.js";
import type { Kind } from "./kind.js";

const MINUTE = 60_000;

/** Whoever comes while there is some gets it at once. */
export const timedRelease: Kind<"timed_release"> = {
  path: "timed-releases",
  enters: ["enter"],
  stays: ["leave"],
  release: "leave",
  listed: ({ timedReleases }) => timedReleases,
  lets: (door) => door === "open",
  repeats: ({ details }) => (details?.perConsumerLimit ?? 1) > 1,
  settles: () => false,
  display: ({ own }) => own && { enteredAt: new Date(own.enteredAt) },
  looks: (facts, phase, now, watcher) =>
    phase === "participating"
      ? { own: every(facts, "own", 5_000) }
      : atTheDoor(facts, now, watcher, phase === "unavailable" ? MINUTE / 3 : MINUTE),
};
