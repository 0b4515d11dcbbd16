/** What a customer reads off the line card with their own number (docs/queues.md). */
import type { LineCard } from "../wire/index.js";

export const SLOWEST = 30_000;
const FASTEST = 1_000;
const LONGEST_SECONDS = 86_400;

/** How many wait before this number, within the card's precision; null where it shows no places. */
export function ahead(card: LineCard, number: number): number | null {
  const { marks } = card;
  if (marks === undefined) return null;
  if (number > card.tail) return card.waiting + number - card.tail - 1;
  const at = marks.findLastIndex(([from = 0]) => from <= number);
  const [low = 0, before = 0] = marks[at] ?? [];
  if (at < 0) return 0;
  const [high, after = 0] = marks[at + 1] ?? [];
  if (high === undefined) return before + number - low;
  return before + Math.floor(((number - low) * (after - before)) / (high - low));
}

/** The wait in seconds; null while that cannot be known. */
export function wait(card: LineCard, number: number): number | null {
  const rate = card.numbersServedPerMinute;
  if (!rate || card.status === "PAUSED") return null;
  const seconds = (Math.max(1, number - card.serving) * 60) / rate;
  return seconds > LONGEST_SECONDS ? null : seconds;
}

/** The wait as a range: the more was seen in the last five minutes, the narrower. */
export function range(card: LineCard, number: number): { low: number; high: number } | null {
  const seconds = wait(card, number);
  if (seconds === null) return null;
  const seen = Math.max(1, (card.numbersServedPerMinute ?? 0) * 5);
  const spread = Math.min(0.5, Math.max(0.1, 1 / Math.sqrt(seen)));
  return { low: Math.floor(seconds * (1 - spread)), high: Math.ceil(seconds * (1 + spread)) };
}

export function band(card: LineCard, number: number): "next" | "near" | "far" {
  const seconds = wait(card, number);
  const places = number - card.serving;
  if (seconds === null ? places <= 10 : seconds <= 60) return "next";
  return (seconds === null ? places <= 100 : seconds <= 600) ? "near" : "far";
}

/** The pace of reading the card: its own, stretched with the distance up to half a minute. */
export function pace(card: LineCard, number: number): number {
  const seconds = wait(card, number);
  const own = seconds === null ? (number - card.serving) * 100 : seconds * 50;
  return Math.max(card.pollAfterMs, Math.min(SLOWEST, Math.max(FASTEST, own)));
}

/** Whether the card asks this number for signs of life. */
export function near(card: LineCard, number: number): boolean {
  return number <= card.presence.upTo;
}

/**
 * Whether the card shows that something has happened to this number: its turn has come, or it
 * does not wait any more. The card does not say what: that takes a call of one's own.
 */
export function called(card: LineCard, number: number): boolean {
  if (number <= card.serving) return true;
  if (number > card.tail) return false;
  const last = card.marks?.at(-1)?.[0];
  return card.waiting === 0 || (last !== undefined && number > last);
}

/** Milliseconds until the card may ask this number for signs of life; null where nobody knows. */
export function untilNear(card: LineCard, number: number): number | null {
  const rate = card.numbersServedPerMinute;
  return rate ? ((number - card.presence.upTo) * 60_000) / rate : null;
}
