/** What a customer may do in a distribution, each as one call of the service. */
import type { FanfareError } from "../errors.js";
import type { Call, Ground } from "../ground/ground.js";
import { aborted } from "../ground/transport.js";
import type { StatusOf } from "./distribution.js";
import { refusalOf } from "./facts.js";
import type { Follower } from "./follow.js";
import type { Act } from "./kinds/kind.js";
import { pathOf } from "./reads.js";
import { asFanfareError, pause } from "./retry.js";
import type { Mechanism } from "./view.js";

type Asked = Pick<Call, "method" | "path" | "body">;

export interface Patience {
  /** Whether it may be sent twice. */
  readonly repeats: boolean;
  /** Whether trying again still makes sense. */
  holds(): boolean;
  /** Calls back whenever that may have changed; returns what stops it. */
  heed(listener: () => void): () => void;
  /** Told of each failure; one that `lasts` is the last. */
  failed(error: FanfareError, lasts: boolean): void;
}

/** Sends it as a consumer, of a guest's session if need be; the follower learns what came of it. */
export async function act(
  ground: Ground,
  follower: Follower,
  asked: Asked,
  patience: Patience,
): Promise<void> {
  let { age } = follower;
  const before = follower.facts.own?.status;
  const send = async () => {
    await ground.ensureSession();
    age = follower.age;
    return ground.calls.send<StatusOf<Mechanism> | null>({ ...asked, as: "consumer" });
  };
  try {
    const own = await persist(ground, send, patience);
    // Somebody else may be here by now, or something else was done.
    if (own === null || age !== follower.age) await follower.readAnew();
    else follower.stands(own);
  } catch (thrown) {
    const error = asFanfareError(thrown);
    // What is not on offer any more has nothing left to mend: it may well have been done.
    const lasts = !error.retryable || patience.holds();
    if (!lasts && before !== follower.facts.own?.status) return;
    const refused = refusalOf(error, ground.clock.now());
    if (refused !== null && age === follower.age) follower.learn({ refused });
    follower.again();
    patience.failed(error, lasts);
    throw error;
  }
}

/** Tries until it gets through, for as long as that makes sense and `holds`. */
export async function persist<Answer>(
  ground: Ground,
  send: () => Promise<Answer>,
  patience: Patience,
): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send();
    } catch (thrown) {
      if (ground.signal.aborted) throw aborted();
      const error = asFanfareError(thrown);
      const milliseconds = patience.repeats ? pause(error, attempt) : null;
      if (milliseconds === null || !patience.holds()) throw error;
      patience.failed(error, false);
      await sleep(ground, milliseconds, patience);
      if (ground.signal.aborted) throw aborted();
      if (!patience.holds()) throw error;
    }
  }
}

/** Ends sooner where the page is back online, it makes no sense any more, or the ground has ended. */
function sleep(
  { timers, page, signal }: Ground,
  milliseconds: number,
  { holds, heed }: Patience,
): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      for (const each of ends) each();
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const ends = [
      timers.after(milliseconds, wake),
      page.online$.listen((online) => online && wake()),
      heed(() => holds() || wake()),
    ];
    signal.addEventListener("abort", wake, { once: true });
  });
}

/** The call behind each act that changes an entry. */
export function callFor(
  { kind, of: { mechanism, distributionId, experienceId } }: Follower,
  name: Act,
  body?: object,
): Asked {
  const verb = name === "release" ? kind.release : name;
  // A bid binds, and so there is no leaving an auction, but for all of its experience.
  if (verb === null) return { method: "DELETE", path: `/api/v1/experiences/${experienceId}/leave` };
  const path = `${pathOf(mechanism, distributionId)}/${verb === "join" ? "enter" : verb}`;
  if (verb === "cancel") return { method: "DELETE", path };
  return { method: "POST", path, ...(body && { body }) };
}
