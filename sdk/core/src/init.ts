import { makeCalls, makeSessions } from "./auth/auth.js";
import { makeKeeper } from "./auth/keeper.js";
import { makeLock } from "./auth/lock.js";
import { makeTokens, WHOSE_KEY } from "./auth/tokens.js";
import { makeCheckout } from "./checkout/checkout.js";
import { checkConfig, invalid, type Settled } from "./config.js";
import { createDistributions } from "./distribution/create.js";
import { again, backoff } from "./ground/backoff.js";
import { makeClock } from "./ground/clock.js";
import { makeEvents } from "./ground/events.js";
import { fingerprint } from "./ground/fingerprint.js";
import type { Ground } from "./ground/ground.js";
import { makePage } from "./ground/page.js";
import { makeShelf } from "./ground/shelf.js";
import { makeTimers } from "./ground/timers.js";
import { makeTransport, type Transport } from "./ground/transport.js";
import { createJourney } from "./journey/create.js";
import type { Journey } from "./journey/journey.js";
import type { FanfareConfig, FanfareSdk, Me } from "./sdk.js";
import type { Organization, Profile } from "./wire/index.js";

/**
 * Everything of Fanfare for a page. Resolves once the organization is known; a busy or unreachable
 * service is asked up to five times. Rejects with a `FanfareError`: INVALID_CONFIG where the
 * configuration cannot work, AUTHENTICATION_REQUIRED for a key that is not (any more) good.
 */
export async function initFanfare(config: FanfareConfig): Promise<FanfareSdk> {
  const settled = checkConfig(config);
  const ending = new AbortController();
  const life = ending.signal;
  const shelf = makeShelf("localStorage");
  const clock = makeClock();
  const device = settled.fingerprint ?? fingerprint(shelf);
  const transport = makeTransport(settled, device, clock.hear, life);
  const organization = await introduce(settled, transport);

  const name = `fanfare.${organization.id}.${organization.mode}`;
  const timers = makeTimers(life);
  const page = makePage(timers, life);
  const events = makeEvents(life);
  const keeper = makeKeeper(name, shelf, life);
  const tokens = makeTokens(transport, keeper, makeLock(name, shelf), life);
  const calls = makeCalls(transport, tokens);
  const { auth, ensure } = makeSessions(calls, transport, tokens, keeper);
  keeper.session$.listen((session) => events.emit("session", session));
  page.visible$.listen(keeper.sync);

  const ground: Ground = {
    calls,
    clock,
    timers,
    page,
    ensureSession: ensure,
    session$: keeper.session$,
    emit: events.emit,
    signal: life,
  };
  const checkout = makeCheckout(ground, organization);
  const journeys = new Map<string, Journey>();
  const get = (experienceId: string): Journey => {
    const journey = journeys.get(experienceId) ?? createJourney(ground, experienceId, checkout);
    journeys.set(experienceId, journey);
    return journey;
  };
  // Whoever has bought in a frame sees it at once.
  events.on("checkout", ({ type, experienceId }) => {
    if (type !== "ready") {
      journeys
        .get(experienceId ?? "")
        ?.refresh()
        .catch(() => {});
    }
  });
  const getMe = async (): Promise<Me> => {
    const call = { method: "GET", path: "/api/v1/consumers/me", as: "consumer" } as const;
    const me = await calls.send<Profile>(call);
    return { ...me, journeys: me.active.journeys };
  };

  return {
    config: {
      organizationId: organization.id,
      publishableKey: settled.publishableKey,
      apiUrl: settled.apiUrl,
    },
    organization,
    journeys: {
      get,
      async resumeAll() {
        const me = keeper.read() ? await getMe() : { journeys: [] };
        const ids = new Set(me.journeys.map((journey) => journey.experienceId));
        const resumed = [...ids].map(get);
        for (const journey of resumed) {
          journey.start().catch(() => {});
        }
        return resumed;
      },
    },
    distributions: createDistributions(ground),
    auth,
    consumer: { getMe },
    checkout,
    on: events.on,
    destroy: () => ending.abort(),
  };
}

const TRIES = 5;

/** Asks whose the key is. */
async function introduce(settled: Settled, transport: Transport): Promise<Organization> {
  const organization = await again(
    () => transport<Organization>(WHOSE_KEY),
    (error, attempt) => (attempt < TRIES - 1 ? backoff(error, attempt) : null),
  );
  if (settled.organizationId && settled.organizationId !== organization.id) {
    throw invalid("organizationId and publishableKey belong to different organizations.");
  }
  return organization;
}
