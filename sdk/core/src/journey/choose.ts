/** What of an experience is shown to a customer: where they are in already, else where the way leads. */
import type { Experience, JourneyResume, RouteAnswer } from "../wire/index.js";
import { type Followed, moment, type Place } from "./facts.js";
import { KINDS } from "./kinds/index.js";
import type { Mechanism } from "./view.js";

/** All that an experience has: the highest priority first, in a sequence its waitlist last. */
export function listed({ id, sequences, serverTime }: Experience): readonly Followed[] {
  const ordered = [...sequences].sort((one, other) => other.priority - one.priority);
  return ordered.flatMap((sequence) =>
    (Object.keys(KINDS) as Mechanism[]).flatMap((mechanism) =>
      KINDS[mechanism].listed(sequence).map((details) => ({
        experienceId: id,
        readAt: moment(serverTime) ?? 0,
        mechanism,
        details,
        sequenceId: sequence.id,
        distributionId: details.id,
      })),
    ),
  );
}

/** The entry to go on with: an admission, else the first that is no waitlist. */
export function entered(
  journeys: readonly JourneyResume[],
  experienceId: string,
): JourneyResume | undefined {
  const here = journeys.filter((each) => each.experienceId === experienceId);
  return (
    here.find((each) => each.journeyStage === "admitted") ??
    here.find((each) => each.participation.type !== "waitlist")
  );
}

/** What the way leads to: a waitlist only where it waits for nothing that can be shown. */
export function led(experience: Experience, route: RouteAnswer): Followed | undefined {
  const all = listed(experience);
  const offered = route.offers.flatMap(({ distributionId }) =>
    all.filter((each) => each.distributionId === distributionId),
  );
  return (
    offered.find((each) => each.mechanism !== "waitlist") ??
    offered[0] ??
    all.find((each) => each.sequenceId === route.sequenceId) ??
    all.find((each) => !needsCode(experience, each)) ??
    all[0]
  );
}

/** The waitlist beside what is no waitlist itself. */
export function waitlistOf(experience: Experience, place: Place): Followed | null {
  if (place.mechanism === "waitlist") return null;
  const beside = listed(experience).find(
    (each) => each.mechanism === "waitlist" && each.sequenceId === place.sequenceId,
  );
  return beside ?? null;
}

/** Stands in for an experience that has nothing to show. */
export const NOTHING: Followed = {
  experienceId: "",
  readAt: 0,
  mechanism: "waitlist",
  sequenceId: "",
  distributionId: "",
  details: { id: "", name: "", sequenceId: "", status: "CLOSED" },
};

function needsCode({ sequences }: Experience, { sequenceId }: Place): boolean {
  return sequences.some(({ id, hasAccessCode }) => id === sequenceId && hasAccessCode);
}
