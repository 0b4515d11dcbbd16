/** In which phase a customer is, and what they may do there: rules without effects. */
import { type DetailsOf, type Facts, moment } from "./facts.js";
import type { Act, Kind } from "./kinds/kind.js";
import type { Mechanism, Outcome, Phase } from "./view.js";

/** How a distribution stands for somebody outside. `full` may change, `closed` hardly ever does. */
export type Door = "pending" | "open" | "paused" | "full" | "closed";

/** Times rule where they have come since the service was asked. */
export function doorOf(details: DetailsOf<Mechanism> | null, now: number): Door {
  if (details === null) return "closed";
  const { status } = details;
  if (!("openAt" in details)) return status === "CLOSED" ? "closed" : "open";
  const { openAt, closeAt } = details;
  if (status === "CLOSED" || status === "DRAWN" || status === "SETTLED") return "closed";
  if (now >= (moment(closeAt) ?? Infinity)) return "closed";
  if (status === "PENDING" && now < (moment(openAt) ?? Infinity)) return "pending";
  if (isFull(details)) return "full";
  return status === "PAUSED" ? "paused" : "open";
}

interface Room {
  readonly capacity: number | null;
  readonly consumerCount: number;
}

/** Whether there are as many as there may be. */
export function isFull({ capacity, consumerCount }: Room): boolean {
  return capacity !== null && consumerCount >= capacity;
}

export function phaseOf(kind: Kind<Mechanism>, facts: Facts, now: number): Phase {
  const { own } = facts;
  if (own !== null && waits(own.status)) {
    return kind.settles(facts, now) ? "settling" : "participating";
  }
  if (own?.status === "ADMITTED") return expired(facts, now) ? "ended" : "granted";
  if (own !== null && own.status !== "left") {
    return kind.enters.includes("enter") || !mayReturn(kind, facts, now) ? "ended" : "enterable";
  }
  return outside(kind, facts, now);
}

/** What may be done now; the service would take each of them. */
export function actsOf(kind: Kind<Mechanism>, facts: Facts, now: number): readonly Act[] {
  switch (phaseOf(kind, facts, now)) {
    case "enterable":
      return kind.enters;
    case "participating":
      return kind.stays;
    case "granted":
      return ["checkout", "release"];
    case "scheduled":
      return refused(facts, now) || !kind.lets("pending", facts, now) ? [] : ["enter"];
    case "ended":
      return facts.own !== null && mayReturn(kind, facts, now) ? ["enter"] : [];
    default:
      return [];
  }
}

export function outcomeOf(facts: Facts): Outcome {
  const { own } = facts;
  if (own?.status === "COMPLETED") return "completed";
  if (own?.status === "LEFT") return "left";
  if (own?.status === "ADMITTED") return "expired";
  if (own?.status === "DENIED") return DENIALS[own.denyReason ?? ""] ?? "denied";
  return facts.refused?.code === "SOLD_OUT" ? "sold_out" : "closed";
}

/** When entries begin, as the details or a refusal say. */
export function startOf(facts: Facts): number | null {
  const { details, refused } = facts;
  if (refused?.opensAt) return refused.opensAt;
  return details !== null && "openAt" in details ? moment(details.openAt) : null;
}

const DENIALS: Readonly<Record<string, Outcome>> = {
  ADMISSION_EXPIRED: "expired",
  NOT_SELECTED: "not_selected",
  SOLD_OUT: "sold_out",
  QUEUE_CLOSED: "closed",
};

function waits(status: string): boolean {
  return status === "QUEUED" || status === "waitlisted" || status === "notified";
}

function expired({ own }: Facts, now: number): boolean {
  return own !== null && "expiresAt" in own && now >= (moment(own.expiresAt) ?? now + 1);
}

function refused(facts: Facts, now: number): boolean {
  return facts.refused !== null && now < facts.refused.until;
}

function outside(kind: Kind<Mechanism>, facts: Facts, now: number): Phase {
  const door = doorOf(facts.details, now);
  if (refused(facts, now)) return whenRefused(facts);
  if (door === "pending") return "scheduled";
  if (door === "closed") return "ended";
  return kind.lets(door, facts, now) ? "enterable" : "unavailable";
}

function whenRefused({ refused }: Facts): Phase {
  if (refused?.code === "SOLD_OUT" || refused?.code === "CLOSED") return "ended";
  return refused?.opensAt ? "scheduled" : "unavailable";
}

/** Whether a new entry may follow this one, as far as it alone decides. */
export function mayFollow(kind: Kind<Mechanism>, facts: Facts): boolean {
  const { own } = facts;
  if (own?.status === "DENIED") return own.denyReason === "ADMISSION_EXPIRED";
  return own?.status !== "COMPLETED" || kind.repeats(facts);
}

function mayReturn(kind: Kind<Mechanism>, facts: Facts, now: number): boolean {
  const lets = kind.lets(doorOf(facts.details, now), facts, now);
  return lets && !refused(facts, now) && facts.own?.status !== "ADMITTED" && mayFollow(kind, facts);
}
