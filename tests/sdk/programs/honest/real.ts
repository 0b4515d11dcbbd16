/** The real service as a stage: launches by the Admin API, verbs by it and by the secret rows. */
import type { FakeOptions, FakeSequence } from "@fanfare/sdk-core/testing";
import { ask } from "./hand.js";
import { once } from "./play.js";
import type { Stage, Turn } from "./stage.js";

const { API_URL = "", PUBLISHABLE_KEY = "", SECRET_KEY = "" } = process.env;
const ADMIN = "/admin/api/v1";
const COLLECTIONS: Record<string, string> = {
  queue: "queues",
  draw: "draws",
  auction: "auctions",
  appointment: "appointments",
  timed_release: "timed-releases",
  waitlist: "waitlists",
};
const TIMES = { timeZone: "UTC" };
// The hours of the scenarios' slots.
const HOURS = [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, from: "10:00", to: "13:00" }));
const DEFAULTS: Record<string, () => object> = {
  // Nobody is admitted but by hand, as in the fake.
  queue: () => ({ admissionRate: 0 }),
  draw: () => ({ winnerCount: 1, drawAt: inAnHour() }),
  auction: () => ({ startingPrice: "100.00", currencyCode: "USD", settleAt: inAnHour() }),
  appointment: () => ({ slotDurationMinutes: 60, weeklyHours: HOURS }),
  timed_release: () => ({}),
  waitlist: () => ({}),
};

interface Row {
  readonly id: string;
  readonly [name: string]: unknown;
}

export async function real(setup: FakeOptions): Promise<Stage> {
  const product = { name: "Limited Sneaker", price: 199.99, sku: crypto.randomUUID() };
  const { id: productId } = await server("POST", "/api/products", product);
  const experience = await server("POST", `${ADMIN}/experiences`, {
    name: "Launch",
    checkoutUrl: "https://shop.example/checkout?token={token}",
    currencyCode: "USD",
    productId,
    ...setup.experience,
  });
  const made = await sequence(experience.id, setup);
  for (const other of setup.sequences ?? []) await sequence(experience.id, other);
  await server("POST", `${ADMIN}/experiences/${experience.id}/publish`);
  const { mechanism = "queue" } = setup;
  return stage(mechanism, { experience: experience.id, ...made });
}

async function sequence(experienceId: string, given: FakeSequence) {
  const { name = "Everybody", priority, accessCode, requireAuthentication, botCheck } = given;
  const { mechanism = "queue", audience, distribution = {}, waitlist } = given;
  const gates = { priority, accessCode, requireAuthentication, botCheck };
  const audienceId = audience === "nobody" ? await nobody() : undefined;
  const body = { experienceId, name, ...gates, audienceId };
  const { id: sequenceId } = await server("POST", `${ADMIN}/sequences`, body);
  const make = (kind: string, rules: object) =>
    server("POST", `${ADMIN}/${COLLECTIONS[kind]}`, { sequenceId, name: "Line", ...rules });
  const { slots: _, stock, ...rules } = distribution;
  const stocked = stock === undefined ? {} : { inventoryBound: true, stock };
  const times = mechanism === "waitlist" ? {} : TIMES;
  const made = await make(mechanism, {
    ...DEFAULTS[mechanism]?.(),
    ...times,
    ...rules,
    ...stocked,
  });
  const list = waitlist ? (await make("waitlist", { name: "Tell me" })).id : made.id;
  return { sequence: sequenceId, distribution: made.id, waitlist: list };
}

async function nobody(): Promise<string> {
  const body = { name: crypto.randomUUID(), type: "STATIC" };
  return (await server("POST", `${ADMIN}/audiences`, body)).id;
}

function stage(mechanism: string, names: { distribution: string } & Record<string, string>): Stage {
  const consumer = `/api/v1/${COLLECTIONS[mechanism]}/${names.distribution}`;
  const admin = `${ADMIN}/${COLLECTIONS[mechanism]}/${names.distribution}`;
  const turn = (how: Turn | "run" | "settle") => server("POST", `${admin}/${how}`);
  return {
    names,
    patient: true,
    publishableKey: PUBLISHABLE_KEY,
    fetch: (path, init) => fetch(API_URL + path, init),
    otp,
    vouch,
    solve: async (challenge) => (await ask({ solve: challenge })) as string,
    async admit(consumerId) {
      const [entry] = await rows(`${admin}/participations?consumerId=${consumerId}&status=QUEUED`);
      await server("POST", `${ADMIN}/participations/${entry?.id}/admit`);
    },
    async deny(consumerId, reason) {
      await server("POST", `${consumer}/deny`, { consumerId, reason });
    },
    async complete(consumerId) {
      await server("POST", `${consumer}/complete`, { consumerId });
    },
    async expire(consumerId) {
      await ask({ expire: [names.distribution, consumerId] });
    },
    async turn(how) {
      await turn(how);
    },
    async sellOut() {
      const { consumerId } = await stranger(`${consumer}/enter`);
      await server("POST", `${consumer}/admit`, { consumerId });
      await server("POST", `${consumer}/complete`, { consumerId });
    },
    async draw() {
      await turn("close");
      await turn("run");
    },
    async limit(most) {
      await server("PATCH", `${ADMIN}/organizations/current`, { limits: { accessCode: most } });
    },
    async settle() {
      await turn("settle");
    },
    async outbid(amount) {
      await stranger(`${consumer}/bid`, { amount });
    },
  };
}

/** Somebody else comes by. */
async function stranger(path: string, body?: object): Promise<{ consumerId: string }> {
  const page = { "X-Publishable-Key": PUBLISHABLE_KEY };
  const begun = await sent("POST", "/api/v1/auth/guest", page);
  const { consumerId } = begun["session"] as { consumerId: string };
  const device = { "X-Fingerprint": `fp_${consumerId}` };
  const own = { ...page, ...device, Authorization: `Bearer ${begun["accessToken"]}` };
  await sent("POST", path, own, body);
  return { consumerId };
}

async function otp(contact: string): Promise<string> {
  for (const message of await rows(`${ADMIN}/outbox?limit=20`)) {
    if (message["recipient"] === contact) return /\b\d{6}\b/.exec(String(message["text"]))?.[0] ?? "";
  }
  throw new Error(`nothing was sent to ${contact}`);
}

async function vouch(email: string): Promise<string> {
  const identity = { provider: "shop", issuer: "https://login.shop.example", subject: email };
  const claims = { email, emailVerified: true };
  const path = "/api/v1/auth/external/authorize";
  return String((await server("POST", path, { ...identity, claims }))["exchangeCode"]);
}

async function rows(path: string): Promise<readonly Row[]> {
  return (await server("GET", path))["data"] as readonly Row[];
}

function server(method: string, path: string, body?: unknown): Promise<Row> {
  return sent(method, path, { Authorization: `Bearer ${SECRET_KEY}` }, body);
}

async function sent(
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Row> {
  const json = { "Content-Type": "application/json" };
  const init: RequestInit = {
    method,
    headers: body === undefined ? headers : { ...headers, ...json },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  const response = await once(() => fetch(API_URL + path, init));
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

function inAnHour(): string {
  return new Date(Date.now() + 3_600_000).toISOString();
}
