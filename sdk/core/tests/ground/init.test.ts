import { initFanfare } from "@fanfare/sdk-core";
import { expect, test } from "vitest";

const organization = { id: "org_1", mode: "test", name: "Acme" };

test("a page gets what it was set up with", async () => {
  const sdk = await initFanfare({
    organizationId: "org_1",
    publishableKey: "pk_test_abc",
    apiUrl: "https://fanfare.example/",
    fetch: async () => new Response(JSON.stringify(organization)),
  });

  expect(sdk.config).toEqual({
    organizationId: "org_1",
    publishableKey: "pk_test_abc",
    apiUrl: "https://fanfare.example",
  });
  expect(sdk.organization).toEqual(organization);
  expect(sdk.journeys.get("exp_1")).toBe(sdk.journeys.get("exp_1"));
});
