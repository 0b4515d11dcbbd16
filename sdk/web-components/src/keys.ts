/** Where a customer is, in one word: what slots, events and focus go by. */
import type { JourneyView } from "@fanfare/sdk-core";

export interface Place {
  /** `ready`, `routing`, `gated` or the phase. */
  readonly name: string;
  /** The same with the gate or the mechanism before it: `queue-participating`. */
  readonly full: string;
  /** Changes when the customer has come to something else. */
  readonly key: string;
}

export function placeOf(view: JourneyView): Place {
  if (view.journeyStage === "routed") {
    const { mechanism, phase, distributionId } = view.sequence;
    const outcome = view.sequence.phase === "ended" ? view.sequence.outcome : "";
    return {
      name: phase,
      full: `${mechanism}-${phase}`.replaceAll("_", "-"),
      key: [distributionId, phase, outcome].join(),
    };
  }
  const gate = view.journeyStage === "gated" ? view.gates[0]?.kind : undefined;
  const full = gate ? `gated-${gate.replaceAll("_", "-")}` : view.journeyStage;
  return { name: view.journeyStage, full, key: full };
}
