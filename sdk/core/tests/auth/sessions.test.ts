import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeLocks } from "../support/locks.js";
import {
  FakeService,
  offline,
  openTab,
  passing,
  problem,
  type Seen,
  unauthenticated,
} from "../support/service.js";

const HOUR = 3_600_000;
const KEPT = "fanfare.org_1.test";

let service: FakeService;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("navigator", { onLine: true, locks: new FakeLocks() });
  localStorage.clear();
  service = new FakeService();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const only = (path: string, twist: (seen: Seen) => Response | undefined) => (seen: Seen) =>
  seen.path.endsWith(path) ? twist(seen) : undefined;

test("a guest's session begins once, however often it is asked for", async () => {
  const tab = await openTab(service);

  const [first, second] = await passing(Promise.all([tab.auth.guest(), tab.auth.guest()]));
  const third = await tab.auth.guest();

  expect([second, third]).toEqual([first, first]);
  expect(service.calls("/auth/guest")).toHaveLength(1);
});

test("a reload finds the session again", async () => {
  const before = await openTab(service);
  const session = await passing(before.auth.guest());
  before.destroy();

  const after = await openTab(service);

  expect(after.auth.getSession()).toEqual(session);
});

test("an idle page refreshes nothing; the call that is due refreshes first", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  await vi.advanceTimersByTimeAsync(5 * HOUR);
  const idle = service.calls("/auth/refresh").length;

  await passing(tab.consumer.getMe());

  expect(idle).toBe(0);
  expect(service.calls("/auth/refresh")).toHaveLength(1);
  expect(service.calls("/consumers/me")).toHaveLength(1);
});

test("a token is refreshed before it ends", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest(), 0);
  await vi.advanceTimersByTimeAsync(HOUR - 30_000);

  await passing(tab.consumer.getMe(), 0);

  expect(service.calls("/auth/refresh")).toHaveLength(1);
});

test("a refused token is refreshed once, and the call made again once", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  service.expireAll();

  const me = await passing(tab.consumer.getMe());

  expect(me.id).toBe(tab.auth.getSession()?.consumerId);
  expect(service.calls("/auth/refresh")).toHaveLength(1);
  expect(service.calls("/consumers/me")).toHaveLength(2);
});

test("a call that is refused with a new token too says so, and nothing goes round", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  service.twist = only("/me", unauthenticated);

  const call = passing(tab.consumer.getMe());

  await expect(call).rejects.toMatchObject({ code: "AUTHENTICATION_REQUIRED", status: 401 });
  expect(service.calls("/auth/refresh")).toHaveLength(1);
  expect(service.calls("/consumers/me")).toHaveLength(2);
  expect(tab.auth.getSession()).not.toBeNull();
});

test("a refused refresh ends the session; a guest begins anew only when asked for", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  const heard = vi.fn();
  tab.on("session", heard);
  service.revokeAll();

  await expect(passing(tab.consumer.getMe())).rejects.toMatchObject({ status: 401 });
  await expect(passing(tab.consumer.getMe())).rejects.toMatchObject({ status: 401 });
  const guests = service.calls("/auth/guest").length;
  const next = await passing(tab.auth.guest());

  expect(guests).toBe(1);
  expect(heard.mock.calls).toEqual([[null], [next]]);
});

test("a key that was revoked costs nobody the session", async () => {
  const tab = await openTab(service);
  const session = await passing(tab.auth.guest());
  service.twist = unauthenticated;

  await expect(passing(tab.consumer.getMe())).rejects.toMatchObject({ status: 401 });

  expect(tab.auth.getSession()).toEqual(session);
});

test("an answer to a refresh that got lost is asked for again", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  service.expireAll();
  let lost = 2;
  service.twist = only("/refresh", (seen) => {
    service.answer(seen);
    return lost-- > 0 ? offline() : undefined;
  });

  const me = await passing(tab.consumer.getMe());

  expect(me.id).toBe(tab.auth.getSession()?.consumerId);
  expect(service.calls("/auth/refresh")).toHaveLength(3);
});

test.each([200, 500, 502, 503, 504, 520, 524])(
  "an answer to a refresh that something on the way gave instead, %i, is asked for again",
  async (status) => {
    const tab = await openTab(service);
    await passing(tab.auth.guest());
    service.expireAll();
    let pages = 1;
    service.twist = only("/refresh", (seen) => {
      service.answer(seen);
      return pages-- > 0 ? new Response("<html>", { status }) : undefined;
    });

    const me = await passing(tab.consumer.getMe());

    expect(me.id).toBe(tab.auth.getSession()?.consumerId);
    expect(service.calls("/auth/refresh")).toHaveLength(2);
  },
);

test("a refresh that the service itself is too busy for is not pressed for", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  service.expireAll();
  service.twist = only("/refresh", () =>
    problem(503, "SERVICE_UNAVAILABLE", { retryAfter: 2, requestId: "req_1" }),
  );

  await expect(passing(tab.consumer.getMe())).rejects.toMatchObject({ status: 503 });

  expect(service.calls("/auth/refresh")).toHaveLength(1);
});

test("while a refresh cannot be had, a token that still serves goes on, in peace", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest(), 0);
  await vi.advanceTimersByTimeAsync(HOUR - 50_000);
  service.twist = only("/refresh", () => problem(429, "RATE_LIMITED", { retryAfter: 20 }));

  await passing(tab.consumer.getMe(), 0);
  await passing(tab.consumer.getMe(), 0);

  expect(service.calls("/auth/refresh")).toHaveLength(1);
  expect(service.calls("/consumers/me")).toHaveLength(2);
});

test("a guest who signs in stays who they are", async () => {
  const tab = await openTab(service);
  const guest = await passing(tab.auth.guest());
  await tab.auth.requestOtp({ email: "ada@example.com" });

  const known = await passing(tab.auth.verifyOtp({ email: "ada@example.com", code: "123456" }));

  expect(known).toMatchObject({ type: "authenticated", consumerId: guest.consumerId });
  expect(tab.auth.session$.get()).toEqual(known);
  expect(service.calls("/auth/otp/verify")[0]?.body).toEqual({
    email: "ada@example.com",
    code: "123456",
  });
});

test("somebody whose guest session is over signs in all the same", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  service.revokeAll();

  const known = await passing(tab.auth.exchangeExternal("code"));

  expect(known.type).toBe("authenticated");
  expect(service.calls("/auth/external/exchange").at(-1)?.headers.has("Authorization")).toBe(false);
});

test("a wrong code refreshes nothing and ends nothing", async () => {
  const tab = await openTab(service);
  const guest = await passing(tab.auth.guest());
  service.twist = only("/verify", () => problem(401, "INVALID_OTP"));

  const wrong = passing(tab.auth.verifyOtp({ email: "ada@example.com", code: "000000" }));

  await expect(wrong).rejects.toMatchObject({ code: "INVALID_OTP" });
  expect(service.calls("/auth/refresh")).toHaveLength(0);
  expect(tab.auth.getSession()).toEqual(guest);
});

test("logging out ends the session here and there", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());

  await passing(tab.auth.logout());

  expect(tab.auth.getSession()).toBeNull();
  expect(localStorage.getItem(KEPT)).toBeNull();
  expect(service.calls("/auth/logout")).toHaveLength(1);
});

test("logging out with an access token that has ended reaches the service too", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  await vi.advanceTimersByTimeAsync(2 * HOUR);

  await passing(tab.auth.logout());

  expect(service.calls("/auth/logout")).toHaveLength(1);
  expect(localStorage.getItem(KEPT)).toBeNull();
});

test("logging out without a network ends the session here, and says that it did no more", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  service.twist = offline;

  await expect(passing(tab.auth.logout())).rejects.toMatchObject({ code: "NETWORK_ERROR" });

  expect(localStorage.getItem(KEPT)).toBeNull();
});

test("a refresh that comes back after logging out brings nobody back", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  let answer = () => {};
  service.twist = (seen) =>
    seen.path.endsWith("/refresh")
      ? new Promise((resolve) => {
          answer = () => resolve(service.answer(seen));
        })
      : undefined;
  const refresh = tab.auth.refresh();
  await vi.advanceTimersByTimeAsync(1);

  await tab.auth.logout();
  answer();

  await expect(refresh).rejects.toMatchObject({ code: "AUTHENTICATION_REQUIRED" });
  expect(tab.auth.getSession()).toBeNull();
});

test("a page that ends during a refresh keeps its answer for the next", async () => {
  const tab = await openTab(service);
  await passing(tab.auth.guest());
  service.twist = (seen) =>
    seen.path.endsWith("/refresh")
      ? new Promise((resolve) => setTimeout(resolve, 500, undefined))
      : undefined;
  const heard = vi.fn();
  tab.on("session", heard);
  const refresh = tab.auth.refresh();
  await vi.advanceTimersByTimeAsync(100);

  tab.destroy();
  const outcome = passing(refresh);
  await expect(outcome).rejects.toMatchObject({ code: "ABORTED" });
  const next = await openTab(service);
  await passing(next.consumer.getMe());

  expect(service.calls("/auth/refresh")).toHaveLength(1);
  expect(heard).not.toHaveBeenCalled();
});

test("where the browser keeps nothing, the page's memory does", async () => {
  vi.stubGlobal("localStorage", undefined);
  const tab = await openTab(service);

  const session = await passing(tab.auth.guest());

  expect(tab.auth.getSession()).toEqual(session);
  expect((await passing(tab.consumer.getMe())).id).toBe(session.consumerId);
});

test("what somebody else wrote into the storage is no session", async () => {
  localStorage.setItem(KEPT, '{"refreshToken": 5}');

  const tab = await openTab(service);

  expect(tab.auth.getSession()).toBeNull();
});
