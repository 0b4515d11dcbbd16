/** A service whose answers a test writes down: by "METHOD /path" below /api/v1. */
import { type FanfareConfig, type FanfareSdk, initFanfare } from "@fanfare/sdk-core";

export const KEYS = {
  publishableKey: "pk_test_0123456789abcdefghijABCDEFGHIJ12",
  apiUrl: "https://fanfare.example",
};

type Answer = unknown | ((body: unknown) => unknown);

export interface ScriptedService {
  readonly answers: Record<string, Answer>;
  /** What was asked, such as "POST /queues/queue_1/enter". */
  readonly asked: string[];
  readonly fetch: typeof globalThis.fetch;
  readonly config: FanfareConfig;
}

/** An answer that is no success. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly message = "A sentence that says what to do.",
  ) {}
}

export const GUEST = {
  type: "guest",
  consumerId: "cons_1",
  guestId: "guest_1",
  email: null,
  phone: null,
  expiresAt: "2999-01-01T00:00:00.000Z",
};

export const JOHN = { ...GUEST, type: "authenticated", guestId: null, email: "john@example.com" };

export const session = (details: object = GUEST) => ({
  accessToken: "access-1",
  refreshToken: "refresh-1",
  tokenType: "Bearer",
  expiresIn: 3600,
  session: details,
});

const ORGANIZATION = {
  id: "org_1",
  name: "Believable Shop",
  slug: "shop",
  logoUrl: null,
  timeZone: "UTC",
  countryCode: null,
  languageCode: "en",
  currencyCode: "EUR",
  checkoutUrl: null,
  theme: null,
  mode: "test",
};

export function service(answers: Record<string, Answer> = {}): ScriptedService {
  const all: Record<string, Answer> = {
    "GET /organizations/current": ORGANIZATION,
    "POST /auth/guest": session(),
    "POST /auth/logout": null,
    ...answers,
  };
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const what = `${request.method} ${new URL(request.url).pathname.replace("/api/v1", "")}`;
    asked.push(what);
    const text = await request.text();
    const answer = what in all ? all[what] : new Refusal(404, "NOT_FOUND", `Nothing at ${what}.`);
    return respond(typeof answer === "function" ? answer(text && JSON.parse(text)) : answer);
  };
  return { answers: all, asked, fetch, config: { ...KEYS, fetch } };
}

/** An SDK of it. */
export function sdkOf(of: ScriptedService): Promise<FanfareSdk> {
  return initFanfare(of.config);
}

async function respond(told: unknown): Promise<Response> {
  const answer = await told;
  if (answer === null) return new Response(null, { status: 204 });
  if (!(answer instanceof Refusal)) return Response.json(answer);
  const { status, code, message } = answer;
  return Response.json({ error: "Refused", code, message, requestId: "req_1" }, { status });
}
