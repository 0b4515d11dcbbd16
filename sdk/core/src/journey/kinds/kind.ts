/** What differs between the mechanisms: each is one module of these few functions. */
import type { Experience } from "../../wire/index.js";
import type { Countdowns } from "../countdowns.js";
import type { DetailsOf, Facts, Looks, Watcher } from "../facts.js";
import type { Door } from "../phases.js";
import type { Mechanism, Mechanisms, Phase } from "../view.js";

export type Act =
  | "enter"
  | "leave"
  | "join"
  | "bid"
  | "book"
  | "cancel"
  | "reschedule"
  | "release"
  | "checkout";

export type Sequence = Experience["sequences"][number];

export interface Kind<Of extends Mechanism> {
  /** Its part of the path of calls. */
  readonly path: string;
  /** How one gets in, and what one may do while waiting. */
  readonly enters: readonly Act[];
  readonly stays: readonly Act[];
  /** How an admission is given back; null where only all of the experience can be left. */
  readonly release: "leave" | "cancel" | null;
  /** What a sequence has of this kind. */
  listed(sequence: Sequence): readonly DetailsOf<Of>[];
  /** Whether somebody outside is let in through such a door. */
  lets(door: Door, facts: Facts<Of>, now: number): boolean;
  /** Whether one may come again after an order. */
  repeats(facts: Facts<Of>): boolean;
  /** Whether those who wait are being decided on. */
  settles(facts: Facts<Of>, now: number): boolean;
  display(facts: Facts<Of>, now: number, countdowns: Countdowns): Mechanisms[Of]["display"] | null;
  /** When to read what next, outside and while one waits. */
  looks(facts: Facts<Of>, phase: Phase, now: number, watcher: Watcher): Looks;
}
