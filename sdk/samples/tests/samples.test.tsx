import type { Fanfare, JourneyResume } from "@fanfare/sdk-react";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { click, render, until } from "../../react/tests/support/render.js";
import { JOHN, type ScriptedService, service, session } from "../../react/tests/support/service.js";
import { ADMITTED, QUEUED } from "../../react/tests/support/statuses.js";

const ADMISSION = {
  distributionType: "queue",
  distributionId: "queue_1",
  experienceId: "exp_1",
  sequenceId: "seq_1",
  admissionToken: "token-1",
  admittedAt: "2026-12-01T09:01:00.000Z",
  expiresAt: "2999-01-01T00:00:00.000Z",
} as const;

const JOURNEY: JourneyResume = {
  experienceId: "exp_1",
  sequenceId: "seq_1",
  journeyStage: "admitted",
  sequenceStage: "admitted",
  participation: { type: "queue", id: "queue_1", status: "ADMITTED", admissionToken: "token-1" },
  admission: ADMISSION,
};

let shop: ScriptedService;

beforeAll(() => {
  vi.stubEnv("FANFARE_API_URL", "https://fanfare.example");
});

beforeEach(() => {
  shop = service({
    "POST /queues/queue_1/enter": QUEUED,
    "POST /auth/otp/verify": session(JOHN),
    "GET /consumers/me": {
      id: "cons_1",
      email: "john@example.com",
      phone: null,
      fullName: "John Doe",
      createdAt: "2026-11-15T10:00:00.000Z",
      active: { journeys: [JOURNEY] },
    },
    "POST /handoffs": {
      code: "code-1",
      url: "https://fanfare.example/checkout/code-1",
      expiresAt: "2999-01-01T00:00:00.000Z",
    },
  });
  vi.stubGlobal("fetch", shop.fetch);
  vi.resetModules();
});

/** Signs in, as pages of a shop have done before these samples run. */
async function signIn(fanfare: Fanfare): Promise<void> {
  const { auth } = await fanfare.ready();
  await auth.verifyOtp({ email: "john@example.com", code: "123456" });
}

test("useQueue: somebody joins, waits, and is in", async () => {
  const { QueueComponent } = await import("../queue.js");
  const page = await render(<QueueComponent queueId="queue_1" />);

  await until(() => !page.container.querySelector("button")?.disabled);
  shop.answers["POST /queues/queue_1/enter"] = ADMITTED;
  await click(page.container, "Join Queue");

  await until(() => page.text() === "You're in! Token: token-1");
});

test("useConsumer: somebody sees who they are, and the way to what they may buy", async () => {
  const { fanfare } = await import("../queue.js");
  const { ProfilePage } = await import("../profile.js");
  await signIn(fanfare);

  const page = await render(<ProfilePage />);
  await until(() => page.text().includes("Welcome, John Doe"));

  expect(page.text()).toContain("Email: john@example.com");
  expect(page.text()).toContain("You have an active admission!");
  expect(page.text()).toContain("queue: ADMITTED");
  expect(page.container.querySelector("a")?.getAttribute("href")).toBe("/checkout?token=token-1");
});

test("journeys: somebody who was admitted is led back to the checkout", async () => {
  const left = vi.spyOn(window.location, "assign").mockReturnValue(undefined);
  const { fanfare } = await import("../queue.js");
  await signIn(fanfare);

  await import("../resume.js");

  await vi.waitFor(() => {
    expect(left).toHaveBeenCalledWith("https://fanfare.example/checkout/code-1");
  });
});

test("core: the same journey for the same id, ready to start", async () => {
  const { journey } = await import("../journey.js");

  expect(journey.experienceId).toBe("exp_123");
  expect(journey.view$.get().journeyStage).toBe("ready");
});
