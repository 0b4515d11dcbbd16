/** An access token when one is due: refreshed in one tab at a time, once for one refusal. */
import { FanfareError } from "../errors.js";
import { isUnauthenticated, unauthenticated } from "../ground/answers.js";
import { again } from "../ground/backoff.js";
import type { Backoff } from "../ground/ground.js";
import { aborted, type Transport } from "../ground/transport.js";
import type { SessionAnswer } from "../wire/index.js";
import { type Keeper, type Kept, keptOf } from "./keeper.js";
import type { Lock } from "./lock.js";

export interface Tokens {
  /** A token that is good for now; raises AUTHENTICATION_REQUIRED where there is no session. */
  fresh(): Promise<string>;
  /** Others than the access token that was refused. */
  instead(refused: string): Promise<Kept>;
  /** The session that is there, else a guest's. */
  begin(): Promise<Kept>;
  /** The pair that follows these, kept nowhere. */
  after(kept: Kept): Promise<Kept>;
}

const TIMEOUT = 6_000;
/** Milliseconds after a refresh that failed while the old token still serves. */
const QUIET = 15_000;
// Whoever asked has gone, but the answer must be kept: the token that was sent is used up.
const OUTLIVES = { outlives: true };

/** The one call that anybody with a good key may make at any time. */
export const WHOSE_KEY = {
  method: "GET",
  path: "/api/v1/organizations/current",
  as: "key",
} as const;

export const post = (what: string, body?: object) =>
  ({ method: "POST", path: `/api/v1/auth/${what}`, as: "key", body }) as const;

export function makeTokens(
  transport: Transport,
  keeper: Keeper,
  lock: Lock,
  life: AbortSignal,
): Tokens {
  // Not the same for all: a whole launch signs in within a minute.
  const margin = 60_000 + Math.random() * 240_000;
  const flights = new Map<string, Promise<Kept>>();
  let quietUntil = 0;

  /** Joins the flight that is under way, else begins one. */
  function fly(kind: string, work: () => Promise<Kept>): Promise<Kept> {
    const flight = flights.get(kind) ?? guarded(work);
    const land = () => flights.delete(kind);
    flights.set(kind, flight);
    flight.then(land, land);
    return flight;
  }

  async function guarded(work: () => Promise<Kept>): Promise<Kept> {
    const unlessOver = () => {
      if (life.aborted) {
        throw aborted();
      }
    };
    const kept = await lock(async () => {
      unlessOver();
      return work();
    });
    unlessOver();
    return kept;
  }

  async function ask({ refreshToken }: Kept): Promise<Kept> {
    const call = { ...post("refresh", { refreshToken }), timeout: TIMEOUT };
    return keptOf(await again(() => transport<SessionAnswer>(call, OUTLIVES), whereLost));
  }

  async function renew(stale: string): Promise<Kept> {
    const kept = keeper.read() ?? missing();
    if (kept.accessToken !== stale) {
      return kept;
    }
    try {
      return replace(kept, await ask(kept));
    } catch (error) {
      if (await isOver(error)) {
        replace(kept, null);
      }
      throw error;
    }
  }

  /** A key that was revoked is refused alike, and must cost nobody a place in line. */
  async function isOver(error: unknown): Promise<boolean> {
    if (!isUnauthenticated(error)) {
      return error instanceof FanfareError && error.code === "VALIDATION_FAILED";
    }
    return transport(WHOSE_KEY, OUTLIVES).then(
      () => true,
      () => false,
    );
  }

  /** Writes unless somebody signed in or out meanwhile, here or in another tab. */
  function replace(was: Kept | null, next: Kept | null): Kept {
    if (keeper.read()?.refreshToken === was?.refreshToken) {
      keeper.write(next);
    }
    return keeper.read() ?? missing();
  }

  const instead = (refused: string) => fly("refresh", () => renew(refused));

  return {
    after: (kept) => lock(() => ask(kept)),
    instead,
    async fresh() {
      const { accessToken, accessUntil } = keeper.read() ?? missing();
      const left = accessUntil - Date.now();
      if (left > margin || (left > 0 && Date.now() < quietUntil)) {
        return accessToken;
      }
      try {
        return (await instead(accessToken)).accessToken;
      } catch (error) {
        if (left <= 0 || !(error instanceof FanfareError && error.retryable)) {
          throw error;
        }
        quietUntil = Date.now() + (error.retryAfter ?? 0) * 1000 + QUIET;
        return accessToken;
      }
    },
    begin: () =>
      fly("guest", async () => {
        const there = keeper.read();
        return there ?? replace(null, keptOf(await transport<SessionAnswer>(post("guest"))));
      }),
  };
}

function missing(): never {
  throw unauthenticated();
}

/**
 * An answer that got lost may be asked for again within 30 s: three tries fit into that. It is lost,
 * too, where something on the way answers in words of its own.
 */
const whereLost: Backoff = ({ status, requestId }, attempt) =>
  attempt < 2 && (status < 400 || status >= 500) && !requestId ? 1 + 2 * attempt : null;
