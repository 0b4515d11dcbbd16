/** The way through an experience: what is there, where it leads, and where one is in it already. */
import { unreachable } from "../ground/answers.js";
import type { Ground } from "../ground/ground.js";
import type { Experience, JourneyResume, Profile, RouteAnswer } from "../wire/index.js";
import { asFanfareError } from "./retry.js";
import type { GateAnswers } from "./view.js";

export interface Found {
  readonly experience: Experience;
  readonly route: RouteAnswer;
  /** The live entries of this customer, in every experience. */
  readonly journeys: readonly JourneyResume[];
}

/** Begins no session only to look, but for what has to be remembered of somebody: a code. */
export async function find(
  ground: Ground,
  experienceId: string,
  answers: GateAnswers,
): Promise<Found> {
  const path = `/api/v1/experiences/${encodeURIComponent(experienceId)}`;
  const [experience, route, journeys] = await Promise.all([
    ground.calls.send<Experience>({ method: "GET", path, as: "key" }),
    askWay(ground, experienceId, answers),
    entries(ground),
  ]);
  // Firewalls send objects, too.
  if (!experience.sequences) throw unreachable();
  return { experience, route, journeys };
}

export async function askWay(
  ground: Ground,
  experienceId: string,
  { accessCode, challenge }: GateAnswers,
): Promise<RouteAnswer> {
  const given = accessCode !== undefined || challenge !== undefined;
  if (given) await ground.ensureSession();
  const known = ground.session$.get() !== null;
  const send = (as: "consumer" | "key") =>
    ground.calls.send<RouteAnswer>({
      method: "POST",
      path: `/api/v1/experiences/${encodeURIComponent(experienceId)}/route`,
      body: { ...(accessCode && { accessCode }), ...(challenge && { challenge }) },
      as,
    });
  return known
    ? whileKnown(
        ground,
        () => send("consumer"),
        () => send("key"),
      )
    : send("key");
}

/** What has to be sent the next time: not what was wrong, and no challenge that was used up. */
export function kept(answers: GateAnswers, { outcome, gates }: RouteAnswer): GateAnswers {
  const open = gates.map(({ kind }) => kind).join();
  const { accessCode, challenge } = answers;
  return {
    ...(accessCode && !open.includes("access_code") && { accessCode }),
    ...(challenge && outcome === "gated" && open !== "bot_check" && { challenge }),
  };
}

async function entries(ground: Ground): Promise<readonly JourneyResume[]> {
  if (ground.session$.get() === null) return [];
  const me = () =>
    ground.calls.send<Profile>({ method: "GET", path: "/api/v1/consumers/me", as: "consumer" });
  return whileKnown(
    ground,
    async () => (await me()).active.journeys,
    async () => [],
  );
}

/** A session may turn out to have ended: then one is nobody again. */
async function whileKnown<Answer>(
  ground: Ground,
  ask: () => Promise<Answer>,
  asNobody: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask();
  } catch (thrown) {
    if (asFanfareError(thrown).status === 401 && ground.session$.get() === null) return asNobody();
    throw thrown;
  }
}
