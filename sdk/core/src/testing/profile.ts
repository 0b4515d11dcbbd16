/** What a consumer takes part in, so that a page that was closed finds its way back. */
import type { Launch } from "./launch.js";
import type { Body, Entry, Line } from "./line.js";
import type { Person } from "./people.js";
import { iso, isoOrNull } from "./world.js";

const COLLECTIONS: Record<string, [string, string]> = {
  queue: ["queues", "queue"],
  draw: ["draws", "draw"],
  auction: ["auctions", "auction"],
  timed_release: ["timedReleases", "timedRelease"],
  appointment: ["appointments", "appointment"],
};

type Kept = Record<string, Body>;

/** The answer of `GET /consumers/me`. */
export function profile(person: Person, launch: Launch): Body {
  const { id, email, phone, fullName, createdAt } = person;
  return { id, email, phone, fullName, createdAt: iso(createdAt), active: active(person, launch) };
}

function active(person: Person, launch: Launch): Body {
  const sequences: Kept = {};
  const kept = Object.values(COLLECTIONS).map(([name]): [string, Kept] => [name, {}]);
  const shelves = Object.fromEntries(kept);
  const admissions: Kept = {};
  const journeys: Body[] = [];
  for (const line of launch.lines()) {
    const entry = line.latest(person.id);
    if (entry?.state !== "QUEUED" && entry?.state !== "ADMITTED") continue;
    const { pollAfterMs: _, ...status } = line.body(entry);
    const [shelf, name] = COLLECTIONS[line.kind] ?? ["", ""];
    const told = { ...status, pollAfterMs: null };
    sequences[line.place.sequenceId] = { [name]: told };
    Object.assign(shelves[shelf] ?? {}, { [line.id]: told });
    const admission = admissionOf(line, entry);
    if (admission) admissions[String(admission["id"])] = admission;
    journeys.push(journey(line, entry, admission));
  }
  for (const list of launch.waitlists()) {
    const wish = list.waits(person.id);
    if (!wish) continue;
    sequences[list.place.sequenceId] = { ...sequences[list.place.sequenceId], waitlist: wish };
    journeys.push(waiting(list.id, wish));
  }
  const experiences = Object.keys(sequences).length > 0 ? { [launch.id]: { sequences } } : {};
  return { experiences, ...shelves, admissions, journeys };
}

function journey(line: Line, entry: Entry, admission: Body | null): Body {
  const participation = { type: line.kind, id: line.id, status: entry.state };
  const { experienceId, sequenceId } = line.place;
  const place = { experienceId, sequenceId };
  if (!admission) {
    const stage = { journeyStage: "routed", sequenceStage: "participating" };
    return { ...place, ...stage, participation };
  }
  const { id: _, ...told } = admission;
  return {
    ...place,
    journeyStage: "admitted",
    sequenceStage: "admitted",
    participation: { ...participation, admissionToken: admission["admissionToken"] },
    admission: told,
  };
}

function admissionOf(line: Line, entry: Entry): Body | null {
  const admissionToken = line.tokenOf(entry);
  if (admissionToken === null) return null;
  return {
    id: entry.admissionId,
    distributionType: line.kind,
    distributionId: line.id,
    experienceId: line.place.experienceId,
    sequenceId: line.place.sequenceId,
    admissionToken,
    admittedAt: isoOrNull(entry.admittedAt),
    expiresAt: isoOrNull(entry.expiresAt),
  };
}

function waiting(id: string, wish: Body): Body {
  return {
    experienceId: wish["experienceId"],
    sequenceId: wish["sequenceId"],
    journeyStage: "routed",
    sequenceStage: "waitlist_entered",
    participation: { type: "waitlist", id, status: wish["status"] },
  };
}
