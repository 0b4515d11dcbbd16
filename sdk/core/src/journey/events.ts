/** What has happened between two views. */
import type { JourneyEvent } from "./journey.js";
import type { JourneyView, Outcome, RoutedView } from "./view.js";

export type Happening = Pick<JourneyEvent, "type" | "sequenceId" | "mechanism" | "phase">;

export function happened(before: JourneyView, now: JourneyView): Happening | null {
  const { journeyStage } = now;
  if (journeyStage === "gated") return before.journeyStage === "gated" ? null : { type: "gated" };
  if (journeyStage !== "routed") return null;
  if (before.journeyStage !== "routed") return { type: "routed", ...where(now) };
  const [old, fresh] = [before.sequence, now.sequence];
  const same = old.distributionId === fresh.distributionId;
  if (same && old.phase === fresh.phase) return null;
  const type = same ? step(now, old.phase) : "routed";
  return type === null ? null : { type, ...where(now) };
}

const ENDS: Readonly<Partial<Record<Outcome, JourneyEvent["type"]>>> = {
  completed: "completed",
  expired: "expired",
  left: "left",
};

function step({ sequence }: RoutedView, before: string): JourneyEvent["type"] | null {
  if (sequence.phase === "granted") return "admitted";
  if (sequence.phase === "ended") return ENDS[sequence.outcome] ?? "ended";
  const inside = ["participating", "settling"];
  const was = inside.includes(before);
  if (inside.includes(sequence.phase)) return was ? null : "entered";
  return was && sequence.phase === "enterable" ? "left" : null;
}

function where({ sequence: { sequenceId, mechanism, phase } }: RoutedView) {
  return { sequenceId, mechanism, phase };
}

/** Whether a page would see no difference. Stores and actions are the same where they are there. */
export function alike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one, seen) === JSON.stringify(other, seen);
}

function seen(name: string, value: unknown): unknown {
  if (name === "serverTime") return null;
  return typeof value === "function" || name.endsWith("$") ? 1 : value;
}
