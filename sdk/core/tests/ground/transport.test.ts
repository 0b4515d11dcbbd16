import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Settled } from "../../src/config.js";
import { makeClock } from "../../src/ground/clock.js";
import type { Call } from "../../src/ground/ground.js";
import { makeTransport } from "../../src/ground/transport.js";
import { json, offline, passing, problem, unhandled } from "../support/service.js";

const EXPERIENCE: Call = { method: "GET", path: "/api/v1/experiences/exp_1", as: "key" };

let life: AbortController;
let answer: (signal: AbortSignal) => Response | Promise<Response>;
let sent: { url: string; init: RequestInit }[];
let transport: ReturnType<typeof makeTransport>;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  life = new AbortController();
  sent = [];
  answer = () => json({ id: "exp_1" });
  const settled: Settled = {
    organizationId: null,
    publishableKey: "pk_test_abc",
    apiUrl: "https://fanfare.example",
    fingerprint: null,
    fetch: async (url, init = {}) => {
      sent.push({ url: String(url), init });
      return answer(init.signal as AbortSignal);
    },
  };
  transport = makeTransport(settled, "fp_device", makeClock().hear, life.signal);
});

afterEach(() => {
  vi.useRealTimers();
});

const headers = () => sent.at(-1)?.init.headers;

test("a key's call carries the key and the device", async () => {
  await transport(EXPERIENCE);

  expect(sent[0]?.url).toBe("https://fanfare.example/api/v1/experiences/exp_1");
  expect(headers()).toEqual({ "X-Publishable-Key": "pk_test_abc", "X-Fingerprint": "fp_device" });
  expect(sent[0]?.init.credentials).toBe("omit");
});

test("a consumer's call carries the token too, and a body says what it is", async () => {
  const call: Call = { method: "POST", path: "/api/v1/a", as: "consumer", body: { slotId: "s" } };

  await transport(call, { bearer: "at_1" });

  expect(headers()).toMatchObject({
    Authorization: "Bearer at_1",
    "Content-Type": "application/json",
  });
  expect(sent[0]?.init.body).toBe('{"slotId":"s"}');
});

test("nobody's call carries nothing, so that caches share its answer", async () => {
  await transport({ ...EXPERIENCE, as: "nobody" });

  expect(sent[0]?.init.headers).toBeUndefined();
});

test("what is for everybody comes from no cache of this browser's that is behind", async () => {
  await transport({ ...EXPERIENCE, as: "nobody" });
  await transport(EXPERIENCE);

  expect(sent.map(({ init }) => init.cache)).toEqual(["no-cache", undefined]);
});

test("an empty page of something on the way is no answer", async () => {
  answer = () => new Response("", { status: 200 });

  await expect(transport(EXPERIENCE)).rejects.toMatchObject({
    code: "NETWORK_ERROR",
    status: 200,
    retryable: true,
  });
});

test("an answer without a body is null", async () => {
  answer = () => new Response(null, { status: 204 });

  expect(await transport(EXPERIENCE)).toBeNull();
});

test("a refusal is the service's own error", async () => {
  const details = [{ field: "amount", message: "Too low." }];
  answer = () => problem(400, "BID_TOO_LOW", { details, message: "Bid at least 5.00." });

  const call = transport(EXPERIENCE);

  await expect(call).rejects.toMatchObject({
    name: "FanfareError",
    code: "BID_TOO_LOW",
    status: 400,
    message: "Bid at least 5.00.",
    details,
    requestId: "req_1",
    retryable: false,
    retryAfter: null,
  });
});

test("what opens later says when", async () => {
  const opensAt = "2026-12-01T09:00:00.000Z";
  answer = () =>
    json({ code: "NOT_OPEN_YET", message: "Not yet.", opensAt }, 423, { "Retry-After": "90" });

  const call = transport(EXPERIENCE);

  await expect(call).rejects.toMatchObject({
    opensAt: new Date(opensAt),
    retryAfter: 90,
    retryable: true,
  });
});

test.each([
  [429, { "Retry-After": "12" }, { retryAfter: 12, retryable: true }],
  [503, {}, { retryAfter: null, retryable: true }],
  [409, { "Retry-After": "1" }, { retryAfter: 1, retryable: true }],
  [409, {}, { retryAfter: null, retryable: false }],
  [429, { "Retry-After": "soon" }, { retryAfter: null, retryable: true }],
])("%i with %o may be tried again: %o", async (status, more, expected) => {
  answer = () => json({ code: "ANY", message: "Any." }, status, more);

  await expect(transport(EXPERIENCE)).rejects.toMatchObject(expected);
});

test.each([
  [502, "SERVICE_UNAVAILABLE", true],
  [429, "RATE_LIMITED", true],
  [401, "NETWORK_ERROR", true],
  [403, "NETWORK_ERROR", true],
  [407, "NETWORK_ERROR", true],
  [200, "NETWORK_ERROR", true],
])("a page of something on the way, %i, is no answer: %s", async (status, code, retryable) => {
  answer = () => new Response("<html>Sign in to the hotel's network</html>", { status });

  await expect(transport(EXPERIENCE)).rejects.toMatchObject({ code, status, retryable });
});

test.each([
  "<html>Access denied</html>",
  '{"message":"Forbidden"}',
  '{"code":1020,"message":"Access denied"}',
  '{"code":"AccessDenied"}',
  '"Forbidden"',
  "null",
  "",
])("a firewall's %o is no refusal, and is heeded", async (body) => {
  answer = () => new Response(body, { status: 403, headers: { "Retry-After": "20" } });

  await expect(transport(EXPERIENCE)).rejects.toMatchObject({
    code: "NETWORK_ERROR",
    message: expect.stringContaining("Fanfare does not answer"),
    status: 403,
    retryable: true,
    retryAfter: 20,
  });
});

test("without a network nothing answers", async () => {
  answer = offline;

  const call = transport(EXPERIENCE);

  await expect(call).rejects.toMatchObject({ code: "NETWORK_ERROR", status: 0, retryable: true });
});

test("a call is over after ten seconds, or its own time, whatever the network does", async () => {
  answer = () => new Promise(() => {});

  const usual = transport(EXPERIENCE);
  const short = transport({ ...EXPERIENCE, timeout: 500 });
  const outcome = vi.fn();
  short.catch(outcome);
  usual.catch(outcome);
  await vi.advanceTimersByTimeAsync(500);
  const early = outcome.mock.calls.length;
  await vi.advanceTimersByTimeAsync(9_500);

  expect(early).toBe(1);
  await expect(usual).rejects.toMatchObject({ code: "TIMEOUT", retryable: true });
});

test("a body that never ends is over in time too", async () => {
  answer = () => new Response(new ReadableStream({ start() {} }));

  await expect(passing(transport(EXPERIENCE))).rejects.toMatchObject({ code: "TIMEOUT" });
});

test("a call is given up with its own signal, and all with the SDK's end", async () => {
  const caught = unhandled();
  answer = (signal) =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => reject(new DOMException("Over", "AbortError")));
    });
  const mine = new AbortController();
  const one = transport({ ...EXPERIENCE, signal: mine.signal });
  const other = transport(EXPERIENCE);

  mine.abort();
  life.abort();

  await expect(one).rejects.toMatchObject({ code: "ABORTED", retryable: false });
  await expect(other).rejects.toMatchObject({ code: "ABORTED" });
  await expect(transport(EXPERIENCE)).rejects.toMatchObject({ code: "ABORTED" });
  expect(sent).toHaveLength(2);
  expect(caught()).toEqual([]);
});

test("no error holds a token", async () => {
  answer = offline;

  const error = await transport(EXPERIENCE, { bearer: "at_secret" }).catch((reason) => reason);

  const { cause, message, stack } = error as Error;
  expect(`${JSON.stringify(error)} ${cause} ${message} ${stack}`).not.toContain("at_secret");
});
