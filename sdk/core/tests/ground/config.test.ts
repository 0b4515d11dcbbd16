import { FanfareError, initFanfare } from "@fanfare/sdk-core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  FakeService,
  json,
  ORGANIZATION,
  offline,
  openTab,
  passing,
  problem,
} from "../support/service.js";

let service: FakeService;

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  service = new FakeService();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test("a page gets what it was set up with", async () => {
  const sdk = await openTab(service, {
    organizationId: "org_1",
    apiUrl: "https://api.example/",
  });

  expect(sdk.config).toEqual({
    organizationId: "org_1",
    publishableKey: "pk_test_abc",
    apiUrl: "https://api.example",
  });
  expect(sdk.organization).toEqual(ORGANIZATION);
});

test.each([
  [{ publishableKey: "" }, /publishableKey must be/],
  [{ publishableKey: undefined as unknown as string }, /publishableKey must be/],
  [{ publishableKey: "sk_test_abc" }, /secret key/],
  [{ organizationId: "org_2" }, /different organizations/],
  [{ apiUrl: "fanfare.example" }, /apiUrl must be/],
  [{ apiUrl: "https://me:secret@fanfare.example" }, /apiUrl must be/],
  [{ apiUrl: "https://fanfare.example/?key=1" }, /apiUrl must be/],
  [{ apiUrl: "javascript:alert(1)" }, /apiUrl must be/],
  [{ apiUrl: "https://fanfare.example\\@evil.example" }, /apiUrl must be/],
  [{ fingerprint: "short" }, /fingerprint must be/],
])("a configuration that cannot work is refused with a sentence: %o", async (wrong, sentence) => {
  const setUp = openTab(service, wrong);

  await expect(setUp).rejects.toMatchObject({ code: "INVALID_CONFIG", retryable: false });
  await expect(setUp).rejects.toThrow(sentence);
});

test.each([
  ["http://127.0.0.1:8000", "http://127.0.0.1:8000"],
  ["http://[::1]:8000/", "http://[::1]:8000"],
  ["https://shop.example/apps/fanfare/", "https://shop.example/apps/fanfare"],
])("%s is where Fanfare can be", async (apiUrl, kept) => {
  service.twist = () => json(ORGANIZATION);

  expect((await openTab(service, { apiUrl })).config.apiUrl).toBe(kept);
});

test("without an address, a server says where Fanfare is", async () => {
  vi.stubEnv("FANFARE_API_URL", "https://from.env.example");

  const sdk = await initFanfare({ publishableKey: "pk_test_abc", fetch: service.fetch });

  expect(sdk.config.apiUrl).toBe("https://from.env.example");
});

test("without any address, the one thing that is missing is named", async () => {
  const setUp = initFanfare({ publishableKey: "pk_test_abc", fetch: service.fetch });

  await expect(setUp).rejects.toThrow(/apiUrl/);
});

test("a service that is busy or out of reach is asked again, not at once", async () => {
  const answers = [offline, () => problem(503, "SERVICE_UNAVAILABLE", { retryAfter: 7 })];
  service.twist = () => answers.shift()?.();
  const setUp = openTab(service);
  await vi.advanceTimersByTimeAsync(900);
  const early = service.seen.length;
  await vi.advanceTimersByTimeAsync(8_000);

  const sdk = await passing(setUp);

  expect(early).toBe(1);
  expect(service.seen).toHaveLength(3);
  expect(sdk.organization.id).toBe("org_1");
});

test("a service that stays away is given up after five times", async () => {
  service.twist = offline;

  const setUp = passing(openTab(service), 120_000);

  await expect(setUp).rejects.toBeInstanceOf(FanfareError);
  await expect(setUp).rejects.toMatchObject({ code: "NETWORK_ERROR", retryable: true });
  expect(service.seen).toHaveLength(5);
});

test.each([61, 3_600, 9_999_999_999])(
  "a service that asks for %i seconds is not waited for",
  async (retryAfter) => {
    service.twist = () => problem(503, "SERVICE_UNAVAILABLE", { retryAfter });

    const setUp = passing(openTab(service), 1_000);

    await expect(setUp).rejects.toMatchObject({ retryable: true, retryAfter });
    expect(service.seen).toHaveLength(1);
  },
);

test("a key that is no good is refused at once", async () => {
  service.twist = () => problem(401, "AUTHENTICATION_REQUIRED");

  await expect(openTab(service)).rejects.toMatchObject({ code: "AUTHENTICATION_REQUIRED" });

  expect(service.seen).toHaveLength(1);
});
