/** What the fake and the service are both asked, so that they answer alike. */
import type { CallStep, Scenario, Step } from "./play.js";
import { OTHERS } from "./scenarios-others.js";

const HOUR = 3_600_000;
const later = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString();

export function call(
  as: string,
  what: string,
  status: number,
  has: Record<string, unknown> = {},
  body?: unknown,
): CallStep {
  return { as, call: what, status, has, ...(body === undefined ? {} : { body }) };
}

export function verb(name: Extract<Step, { verb: unknown }>["verb"], of?: string): Step {
  return of === undefined ? { verb: name } : { verb: name, of };
}

/** Nobody has had it before: people are limited in how many codes they are sent. */
const EMAIL = `ann.${crypto.randomUUID()}@shop.example`;
const FRIEND = `friend.${crypto.randomUUID()}@shop.example`;

const QUEUE = "/queues/{distribution}";
const enter = (who: string, status = 201, has: Record<string, unknown> = {}) =>
  call(who, `POST ${QUEUE}/enter`, status, has);
const status = (who: string, has: Record<string, unknown>) =>
  call(who, `GET ${QUEUE}/status`, 200, has);
const shown = (has: Record<string, unknown>) => call("nobody", `GET ${QUEUE}`, 200, has);
/** How fast it goes is seen only after some seconds, and then by how busy the machine is. */
const card = (has: Record<string, unknown>): CallStep => ({
  ...call("nobody", `GET ${QUEUE}/line`, 200, has),
  free: ["numbersServedPerMinute", "pollAfterMs"],
});
const route = (who: string, outcome: string, body: unknown = {}) =>
  call(who, "POST /experiences/{experience}/route", 200, { outcome }, body);
const exchange = (who: string, code: number, exchangeCode: string, has: object) =>
  call(who, "POST /auth/external/exchange", code, { ...has }, { exchangeCode });
const me = (who: string) => call(who, "GET /consumers/me", 200);
const handoff = (who: string, code: number, body: object, has: Record<string, unknown> = {}) =>
  call(who, "POST /handoffs", code, has, { pattern: "same_site", ...body });

const QUEUES: readonly Scenario[] = [
  {
    name: "a queue, from entering to an order",
    setup: { experience: { notice: "One pair each." }, distribution: { notice: "Soon." } },
    steps: [
      { ...call("nobody", "GET /organizations/current", 200), free: ["name", "slug", "mode"] },
      call("nobody", "GET /experiences/{experience}", 200, { notice: "One pair each." }),
      shown({ status: "OPEN", consumerCount: 0 }),
      call("ann", `GET ${QUEUE}/status`, 404, { code: "NOT_IN_QUEUE" }),
      call("ann", "POST /experiences/{experience}/enter", 201, { "journey.outcome": "routed" }),
      call("ann", "POST /experiences/{experience}/enter", 200, { "journey.outcome": "routed" }),
      enter("ann", 201, { status: "QUEUED", position: 1, number: 1 }),
      enter("ben", 201, { status: "QUEUED", position: 2, number: 2 }),
      enter("ann", 200, { position: 1 }),
      status("ben", { position: 2 }),
      me("ann"),
      card({ tail: 2, waiting: 2, "marks.1": [2, 1] }),
      verb("admit", "ann"),
      status("ann", { status: "ADMITTED", position: 0 }),
      status("ben", { position: 1 }),
      me("ann"),
      card({ tail: 2, waiting: 1, serving: 1, "marks.0": [2, 0] }),
      verb("complete", "ann"),
      status("ann", { status: "COMPLETED" }),
      call("ann", `POST ${QUEUE}/leave`, 200),
      enter("ann", 200, { status: "COMPLETED" }),
      me("ann"),
    ],
  },
  {
    name: "a queue that is left, and come back to",
    setup: {},
    steps: [
      enter("ann", 201, { number: 1 }),
      enter("ben", 201, { number: 2 }),
      call("ann", `POST ${QUEUE}/leave`, 200, { status: "LEFT" }),
      call("ann", `POST ${QUEUE}/leave`, 200, { status: "LEFT" }),
      status("ann", { status: "LEFT" }),
      status("ben", { position: 1 }),
      enter("ann", 201, { number: 3, position: 2 }),
      verb("admit", "ben"),
      status("ben", { status: "ADMITTED" }),
      call("ben", `POST ${QUEUE}/leave`, 200, { status: "LEFT" }),
      call("ann", "DELETE /experiences/{experience}/leave", 204),
      status("ann", { status: "LEFT" }),
      call("cat", `POST ${QUEUE}/leave`, 404, { code: "NOT_IN_QUEUE" }),
    ],
  },
  {
    name: "an admission that runs out, and one that is denied",
    setup: {},
    steps: [
      enter("ann"),
      enter("ben"),
      verb("admit", "ann"),
      status("ann", { status: "ADMITTED" }),
      verb("expire", "ann"),
      status("ann", { status: "DENIED", denyReason: "ADMISSION_EXPIRED" }),
      enter("ann", 201, { status: "QUEUED", number: 3, position: 2 }),
      verb("deny", "ben"),
      status("ben", { status: "DENIED", denyReason: "Not today." }),
      enter("ben", 200, { status: "DENIED" }),
      call("ben", `POST ${QUEUE}/leave`, 200, { status: "DENIED" }),
      me("ben"),
    ],
  },
  {
    name: "a queue that opens later",
    setup: { distribution: { openAt: later(1), closeAt: later(2) } },
    steps: [
      shown({ status: "PENDING" }),
      enter("ann", 423, { code: "NOT_OPEN_YET", error: "Queue is not open yet" }),
      route("ann", "routed"),
      verb("turn", "open"),
      shown({ status: "OPEN" }),
      enter("ann", 201),
      verb("turn", "pause"),
      shown({ status: "PAUSED" }),
      enter("ben", 201),
      verb("turn", "resume"),
      verb("turn", "close"),
      shown({ status: "CLOSED" }),
      enter("cat", 400, { code: "CLOSED", error: "Queue is closed" }),
      route("cat", "routed"),
      enter("ben", 200, { status: "QUEUED" }),
      verb("turn", "end"),
      status("ben", { status: "DENIED", denyReason: "QUEUE_CLOSED" }),
    ],
  },
  {
    name: "a lobby",
    setup: { distribution: { openAt: later(1), lobbyOpensAt: later(-1) } },
    steps: [
      shown({ status: "PENDING" }),
      enter("ann", 201, { status: "QUEUED", number: null, position: null }),
      card({ status: "PENDING", tail: 1, waiting: 1 }),
      verb("turn", "open"),
      status("ann", { number: 1, position: 1 }),
    ],
  },
  {
    name: "a queue without places told",
    setup: { distribution: { positionDisplay: "qualitative" } },
    steps: [
      enter("ann", 201, { position: null, band: "next" }),
      status("ann", { position: null }),
      card({ tail: 1, waiting: 1 }),
    ],
  },
  {
    name: "a full queue",
    setup: { distribution: { maxCapacity: 1 } },
    steps: [
      enter("ann"),
      enter("ben", 429, { code: "FULL", error: "Queue is full" }),
      call("ann", `POST ${QUEUE}/leave`, 200),
      enter("ben", 201),
    ],
  },
  {
    name: "a queue that sells out",
    setup: { distribution: { stock: 1 } },
    steps: [
      enter("ann"),
      verb("sellOut"),
      status("ann", { status: "DENIED", denyReason: "SOLD_OUT" }),
      enter("ben", 409, { code: "SOLD_OUT" }),
    ],
  },
  {
    name: "who calls without what it takes",
    setup: {},
    steps: [
      call("nobody", `POST ${QUEUE}/enter`, 400, { code: "CONSUMER_REQUIRED" }),
      call("nobody", "GET /consumers/me", 401, { code: "AUTHENTICATION_REQUIRED" }),
      call("nobody", "POST /handoffs", 401, {}, { admissionToken: "x", pattern: "same_site" }),
      call("nobody", "GET /queues/queue_unknown", 404, { code: "QUEUE_NOT_FOUND" }),
      call("nobody", "GET /queues/queue_unknown/line", 404, { code: "QUEUE_NOT_FOUND" }),
      call("nobody", "GET /experiences/exp_unknown", 404, { code: "EXPERIENCE_NOT_FOUND" }),
      call("ann", "POST /draws/draw_unknown/enter", 404, { code: "DRAW_NOT_FOUND" }),
      call("nobody", "GET /nothing", 404, { code: "NOT_FOUND" }),
      { ...enter("ann", 401), headers: { Authorization: "Bearer nonsense" } },
      { ...enter("ann", 401), headers: { "X-Publishable-Key": "pk_live_nonsense" } },
      {
        ...enter("ann", 403, { code: "FINGERPRINT_REQUIRED" }),
        headers: { "X-Fingerprint": undefined },
      },
      call("ann", "POST /auth/refresh", 400, { code: "VALIDATION_FAILED" }, {}),
    ],
  },
];

const SESSIONS: readonly Scenario[] = [
  {
    name: "sessions: begun, refreshed, ended",
    setup: {},
    steps: [
      call("nobody", "POST /auth/guest", 201, { "session.type": "guest" }),
      me("ann"),
      call("ann", "POST /auth/refresh", 200, {}, { refreshToken: "{ann.refreshToken}" }),
      me("ann"),
      call("ann", "POST /auth/refresh", 401, {}, { refreshToken: "rt_unknown" }),
      call("ann", "POST /auth/logout", 204, {}, {}),
      call("ann", "GET /consumers/me", 401, { code: "AUTHENTICATION_REQUIRED" }),
    ],
  },
  {
    name: "a lost answer to a refresh can be asked for again, but not for ever",
    setup: {},
    steps: [
      me("ann"),
      call("one", "POST /auth/refresh", 200, {}, { refreshToken: "{ann.refreshToken}" }),
      call("two", "POST /auth/refresh", 200, {}, { refreshToken: "{ann.refreshToken}" }),
      call("two", "POST /auth/refresh", 200, {}, { refreshToken: "{two.refreshToken}" }),
      call("ann", "POST /auth/refresh", 401, {}, { refreshToken: "{ann.refreshToken}" }),
      call("two", "POST /auth/refresh", 401, {}, { refreshToken: "{two.refreshToken}" }),
    ],
  },
  {
    name: "a gate that asks who one is",
    setup: { requireAuthentication: true },
    steps: [
      route("ann", "gated"),
      enter("ann", 403, { code: "NOT_ROUTED" }),
      call("ann", "POST /auth/otp/request", 202, {}, { email: EMAIL }),
      call(
        "ann",
        "POST /auth/otp/verify",
        401,
        { code: "INVALID_OTP" },
        {
          email: EMAIL,
          code: "000000",
        },
      ),
      call(
        "ann",
        "POST /auth/otp/verify",
        200,
        { "session.type": "authenticated" },
        {
          email: EMAIL,
          code: `{otp:${EMAIL}}`,
        },
      ),
      route("ann", "routed"),
      enter("ann", 201),
      me("ann"),
    ],
  },
  {
    name: "a shop's own login, on two devices",
    setup: {},
    steps: [
      enter("ann", 201),
      exchange("ann", 200, `{vouch:${FRIEND}}`, { "session.email": FRIEND }),
      exchange("ann", 401, "xc_unknown", { code: "INVALID_EXCHANGE_CODE" }),
      me("ann"),
      enter("ben", 201),
      exchange("ben", 200, `{vouch:${FRIEND}}`, { "session.email": FRIEND }),
      status("ben", { status: "QUEUED", number: 1, position: 1 }),
      me("ben"),
    ],
  },
  {
    name: "a gate that asks for a code",
    setup: { accessCode: "SPRING" },
    steps: [
      call("nobody", "GET /experiences/{experience}", 200),
      route("ann", "gated"),
      route("ann", "gated", { accessCode: "AUTUMN" }),
      enter("ann", 403, { code: "NOT_ROUTED", error: "Permission denied" }),
      route("ann", "routed", { accessCode: "SPRING" }),
      route("ann", "routed"),
      enter("ann", 201),
      verb("limit", "1"),
      call(
        "ann",
        "POST /experiences/{experience}/route",
        429,
        { code: "RATE_LIMITED" },
        {
          accessCode: "SPRING",
        },
      ),
      verb("limit", "1000"),
    ],
  },
  {
    name: "a gate for people, not programs",
    setup: { botCheck: true },
    steps: [
      route("ann", "gated"),
      route("ann", "gated", { challenge: "nonsense" }),
      enter("ann", 403, { code: "NOT_ROUTED" }),
      call("ann", "POST /challenges", 201, {}, {}),
      route("ann", "routed", { challenge: "{solved}" }),
      enter("ann", 201),
    ],
  },
  {
    name: "a way that is nobody's",
    setup: { audience: "nobody" },
    steps: [route("ann", "no_access"), enter("ann", 403, { code: "NOT_ROUTED" })],
  },
  {
    name: "two ways, the better one by a code",
    setup: { sequences: [{ name: "Friends", priority: 9, accessCode: "FRIEND" }] },
    steps: [
      call("nobody", "GET /experiences/{experience}", 200),
      route("ann", "routed"),
      route("ann", "routed", { accessCode: "FRIEND" }),
      route("ann", "routed"),
    ],
  },
  {
    name: "handing over to the checkout",
    setup: { experience: { checkoutUrl: "https://shop.example/checkout?token={token}" } },
    steps: [
      enter("ann"),
      verb("admit", "ann"),
      status("ann", { status: "ADMITTED" }),
      handoff("ann", 201, { admissionToken: "{ann.admissionToken}" }),
      handoff("ann", 201, {
        admissionToken: "{ann.admissionToken}",
        pattern: "external",
        returnUrl: "https://shop.example/back",
      }),
      handoff("ann", 400, {
        admissionToken: "{ann.admissionToken}",
        returnUrl: "https://other.example/",
      }),
      handoff("ann", 400, { admissionToken: "{ann.admissionToken}", quantity: 2 }),
      handoff("ann", 400, { admissionToken: "{ann.admissionToken}", pattern: "by_post" }),
      handoff("ann", 404, { admissionToken: "nonsense" }, { code: "ADMISSION_NOT_FOUND" }),
      handoff("ben", 404, { admissionToken: "{ann.admissionToken}" }),
      verb("complete", "ann"),
      handoff("ann", 409, { admissionToken: "{ann.admissionToken}" }, { code: "NOT_ADMITTED" }),
    ],
  },
];

export const SCENARIOS: readonly Scenario[] = [...QUEUES, ...SESSIONS, ...OTHERS];
