import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FakeLocks, fakePatience } from "../support/locks.js";
import { FakeService, openTab, passing } from "../support/service.js";

let service: FakeService;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe.each([
  ["with Web Locks", () => new FakeLocks()],
  ["without Web Locks", () => undefined],
])("two tabs %s", (_, browser) => {
  let locks: FakeLocks | undefined;

  beforeEach(() => {
    locks = browser();
    vi.useFakeTimers();
    fakePatience();
    vi.stubGlobal("navigator", { onLine: true, locks });
    localStorage.clear();
    service = new FakeService();
  });

  test("begin one guest's session between them", async () => {
    const tabs = await Promise.all([openTab(service), openTab(service)]);

    const [one, other] = await passing(Promise.all(tabs.map((tab) => tab.auth.guest())));

    expect(other).toEqual(one);
    expect(service.calls("/auth/guest")).toHaveLength(1);
  });

  test("refresh once between them, however much is due", async () => {
    const tabs = await Promise.all([openTab(service), openTab(service)]);
    await passing(Promise.all(tabs.map((tab) => tab.auth.guest())));
    service.expireAll();

    const calls = tabs.flatMap((tab) => [1, 2, 3].map(() => tab.consumer.getMe()));
    await passing(Promise.all(calls));

    expect(service.calls("/auth/refresh")).toHaveLength(1);
    expect(service.mostRefreshing).toBe(1);
  });

  test("hear of each other's signing in and out", async () => {
    vi.useRealTimers();
    const [one, other] = await Promise.all([openTab(service), openTab(service)]);
    const heard = vi.fn();
    other.on("session", heard);

    const session = await one.auth.guest();
    await vi.waitFor(() => expect(heard).toHaveBeenCalledWith(session));
    await one.auth.logout();

    await vi.waitFor(() => expect(heard).toHaveBeenLastCalledWith(null));
    expect(other.auth.getSession()).toBeNull();
  });

  test("pass by one that was frozen with the lock in hand", async () => {
    const tab = await openTab(service);
    await passing(tab.auth.guest());
    service.expireAll();
    localStorage.setItem("fanfare.org_1.test.lock", `frozen ${Date.now() + 25_000}`);
    void locks?.request("fanfare.org_1.test", {}, () => new Promise(() => {}));

    const me = await passing(tab.consumer.getMe());

    expect(me.id).toBe(tab.auth.getSession()?.consumerId);
  });
});
