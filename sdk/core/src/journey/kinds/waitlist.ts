import { every } from "../facts.js";
import type { Kind } from "./kind.js";

const MINUTE = 60_000;

/** People ask to be told when a sequence opens: never a place, never access. */
export const waitlist: Kind<"waitlist"> = {
  path: "waitlists",
  enters: ["join"],
  stays: ["leave"],
  release: "leave",
  listed: ({ waitlist }) => (waitlist === null ? [] : [waitlist]),
  lets: (door) => door !== "closed",
  repeats: () => false,
  settles: () => false,
  display: ({ own }) =>
    own === null || own.status === "left"
      ? null
      : { status: own.status, enteredAt: new Date(own.enteredAt) },
  looks(facts, phase, _now, { visible }) {
    const what = phase === "participating" ? "own" : "details";
    return visible ? { [what]: every(facts, what, 5 * MINUTE) } : {};
  },
};
