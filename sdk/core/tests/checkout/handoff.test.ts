import type { FanfareSdk, HandoffOptions } from "@fanfare/sdk-core";
import { afterEach, beforeEach, expect, type Mock, test, vi } from "vitest";
import { FakeService, json, openTab } from "../support/service.js";
import { admissionToken } from "../support/tokens.js";

const TOKEN = admissionToken();
const CODE = "https://fanfare.example/checkout/abc";
const EXPIRES = "2026-12-01T09:02:00.000Z";

let service: FakeService;
let sdk: FanfareSdk;
let went: Mock<(url: string | URL) => void>;
let checkoutUrl: string | null;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  checkoutUrl = "https://shop.example/checkout";
  service = new FakeService();
  service.twist = ({ path }) => {
    if (path === "/api/v1/handoffs") return json({ code: "abc", url: CODE, expiresAt: EXPIRES });
    return path === "/api/v1/experiences/exp_1"
      ? json({ id: "exp_1", checkoutUrl, product: { id: "prod_1" } })
      : undefined;
  };
  sdk = await openTab(service);
  await sdk.auth.guest();
  went = vi.fn<(url: string | URL) => void>();
  vi.spyOn(window.location, "assign").mockImplementation(went);
});

afterEach(() => {
  sdk.destroy();
  vi.restoreAllMocks();
});

const handOff = (options: Partial<HandoffOptions>) =>
  sdk.checkout.handoff({ token: TOKEN }, { pattern: "external", ...options });

test("a handoff goes by a code, which is all that the address holds", async () => {
  const result = await handOff({ returnUrl: "https://shop.example/thanks", quantity: 2 });

  expect(result).toEqual({ url: CODE, expiresAt: new Date(EXPIRES) });
  expect(went).toHaveBeenCalledExactlyOnceWith(CODE);
  expect(service.calls("/handoffs")[0]?.body).toEqual({
    admissionToken: TOKEN,
    pattern: "external",
    returnUrl: "https://shop.example/thanks",
    quantity: 2,
  });
});

test("whoever wants to go by themselves is only told where", async () => {
  const result = await handOff({ navigate: false });

  expect(result.url).toBe(CODE);
  expect(went).not.toHaveBeenCalled();
});

test("by address: the experience's checkout, with the usual parameters behind what is there", async () => {
  checkoutUrl = "https://shop.example/checkout?lang=de#pay";

  const { url, expiresAt } = await handOff({ via: "url" });

  expect(expiresAt).toBeNull();
  expect(url).toBe(
    `https://shop.example/checkout?lang=de&token=${TOKEN}&consumerId=cons_1&productId=prod_1&distributionType=queue&distributionId=queue_1#pay`,
  );
  expect(went).toHaveBeenCalledExactlyOnceWith(url);
  expect(service.calls("/handoffs")).toEqual([]);
});

test("by address: placeholders are filled in, percent-encoded, and nothing is added", async () => {
  const checkoutUrl =
    "https://shop.example/{distributionType}/{variantId}?back={returnUrl}&x={unknown}#t={token}";

  const { url } = await handOff({
    via: "url",
    checkoutUrl,
    variantId: "a&b",
    returnUrl: "https://shop.example/?a=1",
  });

  expect(url).toBe(
    `https://shop.example/queue/a%26b?back=https%3A%2F%2Fshop.example%2F%3Fa%3D1&x={unknown}#t=${TOKEN}`,
  );
});

test("by session storage: the address holds no token, the tab does", async () => {
  const { url } = await handOff({ via: "session_storage", checkoutUrl: "/checkout" });

  expect(url).toBe(
    `${location.origin}/checkout?consumerId=cons_1&distributionType=queue&distributionId=queue_1`,
  );
  expect(sdk.checkout.fromUrl()).toBe(TOKEN);
});

test("session storage does not reach another origin", async () => {
  const elsewhere = handOff({ via: "session_storage" });

  await expect(elsewhere).rejects.toMatchObject({ code: "INVALID_CONFIG" });
  expect(sdk.checkout.fromUrl()).toBeNull();
  expect(went).not.toHaveBeenCalled();
});

test.each(["javascript:alert(1)", "data:text/html,hello", "http://"])(
  "%s is no checkout",
  async (wrong) => {
    const nowhere = handOff({ via: "url", checkoutUrl: wrong });

    await expect(nowhere).rejects.toMatchObject({ code: "INVALID_CONFIG" });
    expect(went).not.toHaveBeenCalled();
  },
);

test("where no checkout is known, it is said what is missing", async () => {
  checkoutUrl = null;

  await expect(handOff({ via: "url" })).rejects.toThrow(/checkoutUrl/);
});

test("an admission out of getMe goes on to its checkout", async () => {
  await sdk.checkout.resume({ admissionToken: TOKEN });

  expect(went).toHaveBeenCalledExactlyOnceWith(CODE);
  expect(service.calls("/handoffs")[0]?.body).toMatchObject({ pattern: "same_site" });
});

test("what the service refuses is the caller's to tell, and nobody goes anywhere", async () => {
  service.twist = () => json({ code: "NOT_ADMITTED", message: "It is over." }, 409);

  await expect(handOff({})).rejects.toMatchObject({ code: "NOT_ADMITTED", status: 409 });
  expect(went).not.toHaveBeenCalled();
});
