import { expect, onTestFinished, test } from "vitest";
import { Fanfare, FanfareProvider, useFanfare, useQueue } from "../src/index.js";
import { click, render, until } from "./support/render.js";
import { Refusal, service, session } from "./support/service.js";
import { ADMITTED, QUEUED } from "./support/statuses.js";

function fanfareOf(of: ReturnType<typeof service>): Fanfare {
  const fanfare = new Fanfare(of.config);
  onTestFinished(() => fanfare.destroy());
  return fanfare;
}

function Name() {
  return <p>{useFanfare().sdk?.organization.name}</p>;
}

function Status() {
  const { status, enter } = useQueue("queue_1");
  return (
    <button type="button" onClick={enter}>
      {status?.status ?? "Join"}
    </button>
  );
}

test("hooks need no provider after a Fanfare was made", async () => {
  const shop = service({ "POST /queues/queue_1/enter": QUEUED });
  fanfareOf(shop);

  const page = await render(<Status />);
  await click(page.container, "Join");

  await until(() => page.text() === "QUEUED");
});

test("the newest Fanfare is the one, and a provider comes before it", async () => {
  fanfareOf(service());
  fanfareOf(service({ "GET /organizations/current": { id: "org_2", name: "Newest" } }));
  const provided = service({ "GET /organizations/current": { id: "org_3", name: "Provided" } });

  const page = await render(
    <>
      <Name />
      <FanfareProvider {...provided.config}>
        <Name />
      </FanfareProvider>
    </>,
  );

  await until(() => page.text() === "NewestProvided");
});

test("nothing is asked before a Fanfare is used, and then once", async () => {
  const shop = service({
    "POST /auth/guest": session(),
    "GET /consumers/me": { id: "cons_1", active: { journeys: [] } },
  });

  const fanfare = fanfareOf(shop);
  const before = [...shop.asked];
  const sdk = await fanfare.ready();
  await sdk.auth.guest();
  const me = await fanfare.consumer.getMe();

  expect(before).toEqual([]);
  expect(me.journeys).toEqual([]);
  expect(shop.asked.filter((each) => each === "GET /organizations/current").length).toBe(1);
});

test("an admission is resumed at the checkout", async () => {
  const shop = service({
    "POST /handoffs": {
      code: "code-1",
      url: "https://fanfare.example/checkout/code-1",
      expiresAt: "2999-01-01T00:00:00.000Z",
    },
  });
  const fanfare = fanfareOf(shop);
  await (await fanfare.ready()).auth.guest();

  const { url } = await fanfare.checkout.resume(
    { admissionToken: ADMITTED.admissionToken ?? "" },
    { navigate: false },
  );

  expect(url).toBe("https://fanfare.example/checkout/code-1");
});

test("a failure that nobody looks at is no unhandled rejection, and tells whoever does", async () => {
  const shop = service({
    "GET /organizations/current": new Refusal(401, "AUTHENTICATION_REQUIRED"),
  });
  const fanfare = fanfareOf(shop);

  void fanfare.checkout.resume({ admissionToken: "token-1" });

  await expect(fanfare.consumer.getMe()).rejects.toMatchObject({
    code: "AUTHENTICATION_REQUIRED",
  });
});

test("whoever uses a Fanfare that was ended begins anew", async () => {
  const shop = service();
  const fanfare = fanfareOf(shop);
  await fanfare.ready();

  fanfare.destroy();
  await fanfare.ready();

  expect(shop.asked.length).toBe(2);
});

test("after a failure the next use tries again", async () => {
  const shop = service({
    "GET /organizations/current": new Refusal(401, "AUTHENTICATION_REQUIRED"),
  });
  const fanfare = fanfareOf(shop);
  await expect(fanfare.ready()).rejects.toBeDefined();

  shop.answers["GET /organizations/current"] = { id: "org_1", name: "Mended", mode: "test" };

  await expect(fanfare.ready()).resolves.toMatchObject({ organization: { name: "Mended" } });
});
