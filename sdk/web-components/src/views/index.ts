/** The view of each stage and phase, and what is said of it aloud. */
import type { JourneyView, QueueDisplay, SequenceView } from "@fanfare/sdk-core";
import { ended, settling } from "./ended.js";
import { enterable } from "./enterable.js";
import { granted } from "./granted.js";
import { gates } from "./lazy.js";
import { participating } from "./participating.js";
import type { Piece } from "./parts.js";
import { waitText } from "./queue.js";
import { scheduled, unavailable } from "./scheduled.js";
import { standingOf } from "./standing.js";
import { ready, routing } from "./start.js";
import type { Ui } from "./ui.js";

export function viewOf(ui: Ui, view: JourneyView): Piece {
  switch (view.journeyStage) {
    case "ready":
      return ready(ui, view);
    case "routing":
      return routing(ui);
    case "gated":
      return gates(ui, ({ gated }) => gated(ui, view));
    case "routed":
      return phaseOf(ui, view.sequence);
  }
}

function phaseOf(ui: Ui, sequence: SequenceView): Piece {
  switch (sequence.phase) {
    case "unavailable":
      return unavailable(ui);
    case "scheduled":
      return scheduled(ui, sequence);
    case "enterable":
      return enterable(ui, sequence);
    case "participating":
      return participating(ui, sequence);
    case "settling":
      return settling(ui, sequence);
    case "granted":
      return granted(ui, sequence);
    case "ended":
      return ended(ui, sequence);
  }
}

/** News worth telling to somebody who does not see the page; empty where there are none. */
export function newsOf(ui: Ui, view: JourneyView): string {
  if (view.journeyStage !== "routed") return "";
  const { sequence } = view;
  if (sequence.phase === "granted")
    return timeLeft(ui, "granted.spoken", ui.read(sequence.grant.remaining$).totalMs);
  if (sequence.phase === "scheduled")
    return timeLeft(ui, "opens.spoken", ui.read(sequence.countdown$)?.totalMs);
  return sequence.phase === "participating" ? standing(ui, sequence) : "";
}

function timeLeft(ui: Ui, key: "granted.spoken" | "opens.spoken", milliseconds = 0): string {
  return milliseconds > 0 ? ui.t(key, { time: ui.format.span(milliseconds) }) : "";
}

function standing(ui: Ui, sequence: Extract<SequenceView, { phase: "participating" }>): string {
  if (sequence.mechanism === "auction")
    return ui.t(standingOf(sequence, ui.read(sequence.display$)));
  if (sequence.mechanism !== "queue") return "";
  const display = ui.read(sequence.display$);
  if (display.paused) return ui.t("participating.queue.paused");
  const wait =
    display.estimatedWait && `${ui.t("participating.queue.wait")}: ${waitText(ui, display)}`;
  return [placeOf(ui, display), wait].filter(Boolean).join(". ");
}

/** As the screen says it: nobody hears of nought people. */
function placeOf({ t, format }: Ui, { ahead, band }: QueueDisplay): string | null {
  if (ahead === 0) return t("participating.queue.first");
  if (ahead === null) return band && t(`participating.queue.${band}`);
  return t("participating.queue.spoken", { count: ahead, value: format.number(ahead) });
}
