import { initFanfare } from "@fanfare/sdk-core";

const sdk = await initFanfare({
  publishableKey: "pk_live_xxxxxxxxxxxx",
});

export const journey = sdk.journeys.get("exp_123");
