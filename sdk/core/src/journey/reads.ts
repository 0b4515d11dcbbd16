/** The calls that are made again and again, and what their answers add to what is known. */
import type { Call } from "../ground/ground.js";
import type { Experience, LineCard } from "../wire/index.js";
import type { StatusOf } from "./distribution.js";
import type { DetailsOf, Facts, Followed, Read } from "./facts.js";
import { KINDS } from "./kinds/index.js";
import { called } from "./line.js";
import type { Mechanism } from "./view.js";

export const READS: readonly Read[] = ["details", "own", "card"];

/** Where the Consumer API keeps a distribution. Ids may come from a page's address. */
export function pathOf(mechanism: Mechanism, distributionId: string): string {
  return `/api/v1/${KINDS[mechanism].path}/${encodeURIComponent(distributionId)}`;
}

/** Null where there is no such call. A waitlist shows itself on its experience only. */
export function callOf(
  { mechanism, distributionId, experienceId }: Followed,
  what: Read,
): Call | null {
  const path = pathOf(mechanism, distributionId);
  if (what === "own") return { method: "GET", path: `${path}/status`, as: "consumer" };
  if (what === "card") {
    return mechanism === "queue" ? { method: "GET", path: `${path}/line`, as: "nobody" } : null;
  }
  if (mechanism !== "waitlist") return { method: "GET", path, as: "key" };
  return experienceId
    ? { method: "GET", path: `/api/v1/experiences/${experienceId}`, as: "key" }
    : null;
}

export function learned(facts: Facts, what: Read, answer: unknown, now: number): Partial<Facts> {
  const read = { readAt: { ...facts.readAt, [what]: now }, jitter: Math.random() };
  if (what === "card") return { ...read, ...dealt(facts, answer as LineCard, now) };
  if (what === "own") return { ...read, own: answer as StatusOf<Mechanism> | null };
  if (facts.mechanism === "waitlist") return { ...read, ...listedIn(facts, answer as Experience) };
  return { ...read, details: answer as DetailsOf<Mechanism> };
}

function listedIn({ details }: Facts, { sequences }: Experience): Partial<Facts> {
  const waitlists = sequences.map(({ waitlist }) => waitlist);
  return { details: waitlists.find((each) => each?.id === details?.id) ?? null };
}

/** A card older than the last is dropped: caches on the way may be behind. */
function dealt(facts: Facts, card: LineCard, now: number): Partial<Facts> {
  if (facts.card !== null && card.version < facts.card.version) return {};
  const { own } = facts;
  const number = own?.status === "QUEUED" ? own.number : null;
  const calls = number !== null && called(card, number);
  return { card, calledAt: calls ? (facts.calledAt ?? now) : null };
}
