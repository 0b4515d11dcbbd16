import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FanfareClient, type FanfareClientOptions } from "../src/index.js";

const NEW = { name: "Sneaker", price: 199.99, sku: "SNKR-001" };

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

interface Told {
  status: number;
  retryAfter?: number;
  code?: string;
}

/** A client of a service that answers so (`null`: not at all), and what it asked when. */
function asking(told: readonly (Told | null)[], options: FanfareClientOptions = {}) {
  const asked: { at: number; key: string | null }[] = [];
  const began = Date.now();
  const fetch = async (_: unknown, init: RequestInit = {}) => {
    const answer = told[asked.length];
    const key = new Headers(init.headers).get("X-Idempotency-Key");
    asked.push({ at: Date.now() - began, key });
    if (!answer) throw new TypeError("fetch failed");
    const headers = { "Content-Type": "application/json" };
    const after = answer.retryAfter === undefined ? {} : { "Retry-After": `${answer.retryAfter}` };
    const body = JSON.stringify({
      code: answer.code ?? "OTHER",
      message: "Because.",
      id: "prod_1",
    });
    return new Response(body, { status: answer.status, headers: { ...headers, ...after } });
  };
  const where = { apiKey: "sk_test_x", apiUrl: "http://fanfare.test" };
  return { asked, client: new FanfareClient({ ...where, fetch, ...options }) };
}

/** Lets all time pass that it wants. */
async function eventually<Result>(call: Promise<Result>): Promise<Result | unknown> {
  const settled = call.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return settled;
}

test.each([
  ["503", { status: 503 }],
  ["a proxy's 502", { status: 502 }],
  ["a cut connection", null],
  [
    "the first call that still runs",
    { status: 409, code: "IDEMPOTENCY_IN_PROGRESS", retryAfter: 1 },
  ],
  ["429", { status: 429, code: "RATE_LIMITED", retryAfter: 1 }],
])("after %s it is tried again with the same key", async (_, told) => {
  const { asked, client } = asking([told, told, { status: 201 }]);

  const product = await eventually(client.products.create(NEW));

  expect(product).toMatchObject({ id: "prod_1" });
  expect(asked.length).toBe(3);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
});

test("a call has a key of its own, or the caller's", async () => {
  const { asked, client } = asking([{ status: 201 }, { status: 201 }, { status: 201 }]);

  await client.products.create(NEW);
  await client.products.create(NEW);
  await client.products.create(NEW, { idempotencyKey: "sync-2026-11-20" });

  expect(new Set(asked.map(({ key }) => key)).size).toBe(3);
  expect(asked[2]?.key).toBe("sync-2026-11-20");
});

test.each(["", "two words", "x".repeat(256), "ü"])("%o is no idempotency key", async (key) => {
  const { asked, client } = asking([{ status: 201 }]);

  const call = client.products.create(NEW, { idempotencyKey: key });

  await expect(call).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  expect(asked).toEqual([]);
});

test.each([400, 401, 404, 409, 422, 500])("after %i it is not tried again", async (status) => {
  const { asked, client } = asking([{ status }]);

  const error = await eventually(client.products.create(NEW));

  expect(error).toMatchObject({ status, retryable: false });
  expect(asked.length).toBe(1);
});

test("it gives up after three more tries, each after a longer pause", async () => {
  const { asked, client } = asking([null, null, null, null, { status: 201 }]);

  const error = await eventually(client.products.create(NEW));

  expect(error).toMatchObject({ code: "NETWORK_ERROR", retryable: true });
  const pauses = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? 0));
  expect(pauses.length).toBe(3);
  for (const [index, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThanOrEqual(250 * 2 ** index);
    expect(pause).toBeLessThanOrEqual(500 * 2 ** index);
  }
});

test("it waits as long as it is told, and a little more", async () => {
  const { asked, client } = asking([{ status: 429, retryAfter: 40 }, { status: 201 }]);

  await eventually(client.products.create(NEW));

  expect(asked[1]?.at).toBeGreaterThanOrEqual(40_000);
  expect(asked[1]?.at).toBeLessThanOrEqual(40_500);
});

test("it does not wait for longer than the caller likes", async () => {
  const { asked, client } = asking([{ status: 429, retryAfter: 40 }], { maxRetryDelay: 39_000 });

  const error = await eventually(client.products.create(NEW));

  expect(error).toMatchObject({ status: 429, retryAfter: 40, retryable: true });
  expect(asked.length).toBe(1);
});

test("a call may be more patient than its client", async () => {
  const { asked, client } = asking([null, { status: 201 }], { maxRetries: 0 });

  await eventually(client.products.create(NEW, { maxRetries: 1 }));

  expect(asked.length).toBe(2);
});

test("an abort ends the waiting at once", async () => {
  const { asked, client } = asking([{ status: 503, retryAfter: 30 }]);
  const controller = new AbortController();

  const call = client.products.create(NEW, { signal: controller.signal });
  const settled = call.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(1000);
  controller.abort();

  expect(await settled).toMatchObject({ code: "ABORTED" });
  expect(asked.length).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

const CHANGE = { notice: "One pair each." };
const IF_SAME = { ifMatch: '"v1"' };

test.each([
  ["a cut connection", null, "NETWORK_ERROR"],
  ["a proxy's 502", { status: 502 }, "OTHER"],
  ["a proxy's 504", { status: 504 }, "OTHER"],
])(
  "after %s a change with ifMatch, which may have been made, is not sent again",
  async (_, told, code) => {
    const { asked, client } = asking([told, { status: 412, code: "PRECONDITION_FAILED" }]);

    const error = await eventually(client.experiences.update("exp_1", CHANGE, IF_SAME));

    expect(error).toMatchObject({ code, retryable: true });
    expect(asked.length).toBe(1);
  },
);

test("after a timeout a change with ifMatch is not sent again", async () => {
  let sent = 0;
  const fetch: typeof globalThis.fetch = (_, init) => {
    sent += 1;
    return new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    });
  };
  const client = new FanfareClient({ apiKey: "sk_test_x", apiUrl: "http://fanfare.test", fetch });

  const error = await eventually(client.experiences.update("exp_1", CHANGE, IF_SAME));

  expect(error).toMatchObject({ code: "TIMEOUT" });
  expect(sent).toBe(1);
});

test.each([429, 503])(
  "after %i, which changed nothing, it is sent again with ifMatch",
  async (status) => {
    const { asked, client } = asking([{ status, retryAfter: 1 }, { status: 200 }]);

    await eventually(client.experiences.update("exp_1", CHANGE, IF_SAME));

    expect(asked.length).toBe(2);
  },
);

test("a POST with ifMatch has its key, and is sent again", async () => {
  const { asked, client } = asking([null, { status: 200 }]);

  await eventually(client.experiences.publish("exp_1", IF_SAME));

  expect(asked.length).toBe(2);
  expect(new Set(asked.map(({ key }) => key)).size).toBe(1);
});
