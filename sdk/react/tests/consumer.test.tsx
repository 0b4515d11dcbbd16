import type { JourneyResume } from "@fanfare/sdk-core";
import { expect, test } from "vitest";
import { FanfareProvider, useConsumer, useFanfareAuth } from "../src/index.js";
import { click, render, until } from "./support/render.js";
import { JOHN, Refusal, service, session } from "./support/service.js";

const JOURNEY: JourneyResume = {
  experienceId: "exp_1",
  sequenceId: "seq_1",
  journeyStage: "routed",
  sequenceStage: "participating",
  participation: { type: "queue", id: "queue_1", status: "QUEUED" },
};

const me = (journeys: readonly JourneyResume[]) => ({
  id: "cons_1",
  email: "john@example.com",
  phone: null,
  fullName: "John Doe",
  createdAt: "2026-11-15T10:00:00.000Z",
  active: { journeys },
});

function Profile() {
  const { consumer, activeJourneys, isLoading, error } = useConsumer();
  const auth = useFanfareAuth();
  if (isLoading) return <p>loading</p>;
  return (
    <>
      <p>
        {consumer?.fullName ?? "Guest"}, {activeJourneys.length} journeys, {error?.code}
        {auth.error?.code}
      </p>
      <button
        type="button"
        onClick={() => auth.verifyOtp({ email: "j@example.com", code: "123456" })}
      >
        Verify
      </button>
      <button type="button" onClick={auth.logout}>
        Log out
      </button>
      {auth.isAuthenticated && <p>signed in</p>}
    </>
  );
}

const shown = (of: ReturnType<typeof service>) => (
  <FanfareProvider {...of.config}>
    <Profile />
    <Profile />
  </FanfareProvider>
);

test("somebody without a session is a guest, and does not become one by looking", async () => {
  const shop = service();

  const page = await render(shown(shop));
  await until(() => page.text().includes("Guest, 0 journeys"));

  expect(shop.asked).toEqual(["GET /organizations/current"]);
});

test("whoever signs in sees themselves and what they take part in, read once", async () => {
  const shop = service({
    "POST /auth/otp/verify": session(JOHN),
    "GET /consumers/me": me([JOURNEY]),
  });
  const page = await render(shown(shop));
  await until(() => page.text().includes("Guest"));

  await click(page.container, "Verify");
  await until(() => page.text().includes("John Doe, 1 journeys"));
  const reads = shop.asked.filter((each) => each === "GET /consumers/me").length;
  await click(page.container, "Log out");
  await until(() => page.text().includes("Guest, 0 journeys"));

  expect(reads).toBe(1);
  expect(page.text()).not.toContain("signed in");
});

test("a wrong code is told by whoever asked, and rejects nothing", async () => {
  const shop = service({ "POST /auth/otp/verify": new Refusal(401, "INVALID_OTP") });
  const page = await render(shown(shop));
  await until(() => page.text().includes("Guest"));

  await click(page.container, "Verify");

  await until(() => page.text().includes("INVALID_OTP"));
});

test("a profile that cannot be read is told", async () => {
  const shop = service({
    "POST /auth/otp/verify": session(JOHN),
    "GET /consumers/me": new Refusal(404, "CONSUMER_NOT_FOUND"),
  });
  const page = await render(shown(shop));
  await until(() => page.text().includes("Guest"));

  await click(page.container, "Verify");

  await until(() => page.text().includes("CONSUMER_NOT_FOUND"));
});
