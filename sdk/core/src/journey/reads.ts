/** The calls that are made again and again, and what their answers add to what is known. */
import type { Call } from "../ground/ground.js";
import type { LineCard } from "../wire/index.js";
import type { StatusOf } from "./distribution.js";
import type { DetailsOf, Facts, Read } from "./facts.js";
import type { Kind } from "./kinds/kind.js";
import { called } from "./line.js";
import type { Mechanism } from "./view.js";

export const READS: readonly Read[] = ["details", "own", "card"];

/** Whether there is such a call: `known` is whether there is a session to ask with. */
export function canRead(kind: Kind<Mechanism>, what: Read, known: boolean): boolean {
  if (what === "own") return known;
  return what === "details" ? kind.path !== "waitlists" : kind.path === "queues";
}

export function callOf(kind: Kind<Mechanism>, id: string, what: Read): Call {
  const path = `/api/v1/${kind.path}/${id}`;
  if (what === "own") return { method: "GET", path: `${path}/status`, as: "consumer" };
  if (what === "details") return { method: "GET", path, as: "key" };
  return { method: "GET", path: `${path}/line`, as: "nobody" };
}

export function learned(facts: Facts, what: Read, answer: unknown, now: number): Partial<Facts> {
  const read = { readAt: { ...facts.readAt, [what]: now }, jitter: Math.random() };
  if (what === "card") return { ...read, ...dealt(facts, answer as LineCard, now) };
  if (what === "own") return { ...read, own: answer as StatusOf<Mechanism> | null };
  return { ...read, details: answer as DetailsOf<Mechanism> };
}

/** A card older than the last is dropped: caches on the way may be behind. */
function dealt(facts: Facts, card: LineCard, now: number): Partial<Facts> {
  if (facts.card !== null && card.version < facts.card.version) return {};
  const { own } = facts;
  const number = own?.status === "QUEUED" ? own.number : null;
  const calls = number !== null && called(card, number);
  return { card, calledAt: calls ? (facts.calledAt ?? now) : null };
}
