import { expect, test } from "vitest";
import { FanfareProvider, useQueue } from "../src/index.js";
import { click, render, until } from "./support/render.js";
import { Refusal, service } from "./support/service.js";
import { ADMITTED, QUEUED } from "./support/statuses.js";

function Queue() {
  const { status, enter, leave, isLoading, error, refreshStatus } = useQueue("queue_1");
  return (
    <>
      <p>
        {status?.status ?? "OUTSIDE"} {status?.position} {error?.code}
      </p>
      <button type="button" onClick={enter} disabled={isLoading}>
        Join
      </button>
      <button type="button" onClick={leave}>
        Leave
      </button>
      <button type="button" onClick={refreshStatus}>
        Refresh
      </button>
    </>
  );
}

const shown = (of: ReturnType<typeof service>) => (
  <FanfareProvider {...of.config}>
    <Queue />
  </FanfareProvider>
);

test("a queue is entered and left, and whoever only looks is nobody", async () => {
  const shop = service({
    "POST /queues/queue_1/enter": QUEUED,
    "POST /queues/queue_1/leave": { ...QUEUED, status: "LEFT", position: null },
  });

  const page = await render(shown(shop));
  await until(() => !page.container.querySelector("button")?.disabled);
  const looked = [page.text(), ...shop.asked];
  await click(page.container, "Join");
  await until(() => page.text().includes("QUEUED 42"));
  await click(page.container, "Leave");
  await until(() => page.text().includes("LEFT"));

  expect(looked).toEqual(["OUTSIDE  JoinLeaveRefresh", "GET /organizations/current"]);
});

test("whoever was admitted meanwhile sees it after refreshing", async () => {
  const shop = service({ "POST /queues/queue_1/enter": QUEUED });
  const page = await render(shown(shop));
  await click(page.container, "Join");
  await until(() => page.text().includes("QUEUED"));

  shop.answers["GET /queues/queue_1/status"] = ADMITTED;
  await click(page.container, "Refresh");

  await until(() => page.text().includes("ADMITTED 0"));
});

test("a refusal is told, rejects nothing, and is gone after the next success", async () => {
  const shop = service({ "POST /queues/queue_1/enter": new Refusal(429, "FULL") });
  const page = await render(shown(shop));

  await click(page.container, "Join");
  await until(() => page.text().includes("FULL"));
  shop.answers["POST /queues/queue_1/enter"] = QUEUED;
  await click(page.container, "Join");

  await until(() => page.text().includes("QUEUED"));
  expect(page.text()).not.toContain("FULL");
});

test("a component that has gone is told nothing", async () => {
  let answer = (_: unknown) => {};
  const late = new Promise((told) => {
    answer = told;
  });
  const shop = service({ "POST /queues/queue_1/enter": late });
  const page = await render(shown(shop));
  await click(page.container, "Join");

  await page.unmount();
  answer(QUEUED);
  await until(() => true);

  expect(page.text()).toBe("");
});
