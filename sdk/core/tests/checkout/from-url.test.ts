import { admissionFromUrl, type FanfareSdk } from "@fanfare/sdk-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FakeService, openTab } from "../support/service.js";
import { admissionToken } from "../support/tokens.js";

const TOKEN = admissionToken();

let sdk: FanfareSdk;

beforeEach(async () => {
  localStorage.clear();
  sessionStorage.clear();
  sdk = await openTab(new FakeService());
});

afterEach(() => {
  sdk.destroy();
  history.replaceState(null, "", "/");
});

const open = (address: string) => history.replaceState({ page: 1 }, "", address);

test.each([
  [`/checkout?token=${TOKEN}`, "/checkout"],
  [`/checkout?lang=de&token=${TOKEN}&x=1#pay`, "/checkout?lang=de&x=1#pay"],
  [`/checkout#token=${TOKEN}`, "/checkout"],
  [`/checkout?admission=${TOKEN}`, "/checkout"],
])("the token is taken out of %s", (address, rest) => {
  open(address);
  const entries = history.length;

  const token = sdk.checkout.fromUrl();

  expect(token).toBe(TOKEN);
  expect(location.pathname + location.search + location.hash).toBe(rest);
  expect(history.length).toBe(entries);
  expect(history.state).toEqual({ page: 1 });
});

test("it needs no SDK, and so no service", async () => {
  open(`/checkout?token=${TOKEN}`);

  expect(admissionFromUrl()).toBe(TOKEN);
  expect(location.search).toBe("");
  expect(sdk.checkout.fromUrl()).toBe(TOKEN);
});

test("after a reload the tab still has it", () => {
  open(`/checkout?token=${TOKEN}`);
  sdk.checkout.fromUrl();

  expect(sdk.checkout.fromUrl()).toBe(TOKEN);
});

test("a newer token takes the older one's place", () => {
  open(`/checkout?token=${TOKEN}`);
  sdk.checkout.fromUrl();
  const newer = admissionToken({ jti: "adm_2" });
  open(`/checkout?token=${newer}`);

  expect(sdk.checkout.fromUrl()).toBe(newer);
  expect(sdk.checkout.fromUrl()).toBe(newer);
});

test.each(["abc", "a.b.c", admissionToken({ typ: "access" }), "%E0%A4%A"])(
  "a parameter of the shop's own stays where it is: %s",
  (own) => {
    open(`/reset?token=${own}`);

    expect(sdk.checkout.fromUrl()).toBeNull();
    expect(location.search).toBe(`?token=${own}`);
  },
);
