/** Hooks against a real service: run by tests/sdk/test_react.py, which starts one. */
import { expect, test } from "vitest";
import { FanfareProvider, useConsumer, useExperienceJourney, useQueue } from "../src/index.js";
import { click, render, until } from "./support/render.js";

const { FANFARE_REAL } = process.env;

interface Real {
  readonly apiUrl: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  readonly experienceId: string;
  readonly queueId: string;
}

function Everything({ experienceId, queueId }: Real) {
  const { view, error } = useExperienceJourney(experienceId, { autoStart: true });
  const { status, enter, refreshStatus, leave } = useQueue(queueId);
  const { consumer, activeJourneys } = useConsumer();
  const stage = view.journeyStage === "routed" ? view.sequence.phase : view.journeyStage;
  return (
    <>
      <p>
        {stage}, {status?.status ?? "outside"} {status?.position}, {activeJourneys.length} journeys{" "}
        {error?.code}
      </p>
      <output>{consumer?.id}</output>
      <button type="button" onClick={enter}>
        Enter
      </button>
      <button type="button" onClick={refreshStatus}>
        Refresh
      </button>
      <button type="button" onClick={leave}>
        Leave
      </button>
    </>
  );
}

test.skipIf(!FANFARE_REAL)(
  "somebody enters, is admitted and leaves, and every hook shows it",
  async () => {
    const real: Real = JSON.parse(FANFARE_REAL ?? "");
    const page = await render(
      <FanfareProvider publishableKey={real.publishableKey} apiUrl={real.apiUrl}>
        <Everything {...real} />
      </FanfareProvider>,
    );
    await until(() => page.text().startsWith("enterable, outside"));

    await click(page.container, "Enter");
    await until(() => page.text().includes("QUEUED 1"));
    await until(() => page.container.querySelector("output")?.textContent !== "");
    await fetch(`${real.apiUrl}/api/v1/queues/${real.queueId}/admit`, {
      method: "POST",
      headers: { Authorization: `Bearer ${real.secretKey}`, "Content-Type": "application/json" },
      body: JSON.stringify({ consumerId: page.container.querySelector("output")?.textContent }),
    });
    await click(page.container, "Refresh");
    await until(() => page.text().includes("ADMITTED 0"));
    await click(page.container, "Leave");
    await until(() => page.text().includes("LEFT"));

    expect(page.text()).not.toMatch(/[A-Z]+_[A-Z]+/);
  },
  60_000,
);
