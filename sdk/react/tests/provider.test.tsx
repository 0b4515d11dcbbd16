import { renderToString } from "react-dom/server";
import { expect, test } from "vitest";
import {
  FanfareProvider,
  useConsumer,
  useExperienceJourney,
  useFanfare,
  useQueue,
} from "../src/index.js";
import { render, until } from "./support/render.js";
import { KEYS, Refusal, sdkOf, service } from "./support/service.js";

function Everything() {
  const { sdk, isLoading, error } = useFanfare();
  const { view } = useExperienceJourney("exp_1", { autoStart: true });
  const queue = useQueue("queue_1");
  const { activeJourneys } = useConsumer();
  return (
    <p>
      {sdk?.organization.name ?? (isLoading ? "loading" : error?.code)} {view.journeyStage}{" "}
      {queue.status?.status} {activeJourneys.length}
    </p>
  );
}

function Name() {
  const { sdk, isLoading, error } = useFanfare();
  return <p>{sdk?.organization.name ?? (isLoading ? "loading" : error?.code)}</p>;
}

test("a server renders what there is to say before, and asks nothing", () => {
  const shop = service();

  const html = renderToString(
    <FanfareProvider {...shop.config}>
      <Everything />
    </FanfareProvider>,
  );

  expect(html.replaceAll("<!-- -->", "")).toBe("<p>loading routing  0</p>");
  expect(shop.asked).toEqual([]);
});

test("effects that run twice make one SDK, shared by all below", async () => {
  const shop = service();

  const page = await render(
    <FanfareProvider {...shop.config}>
      <Name />
      <Name />
    </FanfareProvider>,
  );
  await until(() => page.text() === "Believable ShopBelievable Shop");

  expect(shop.asked).toEqual(["GET /organizations/current"]);
});

test("what the provider made ends with it", async () => {
  const shop = service();
  const page = await render(
    <FanfareProvider {...shop.config}>
      <Name />
    </FanfareProvider>,
  );
  await until(() => page.text() === "Believable Shop");

  await page.again(<p>gone</p>);
  await until(() => true);
  await page.again(
    <FanfareProvider {...shop.config}>
      <Name />
    </FanfareProvider>,
  );
  await until(() => page.text() === "Believable Shop");

  expect(shop.asked.length).toBe(2);
});

test("other keys make another SDK", async () => {
  const shop = service();
  const shown = (publishableKey: string) => (
    <FanfareProvider {...shop.config} publishableKey={publishableKey}>
      <Name />
    </FanfareProvider>
  );
  const page = await render(shown("pk_test_one"));
  await until(() => page.text() === "Believable Shop");

  shop.answers["GET /organizations/current"] = { id: "org_2", name: "Other Shop", mode: "test" };
  await page.again(shown("pk_test_other"));

  await until(() => page.text() === "Other Shop");
});

test("a fetch that is written anew at each rendering makes no other SDK", async () => {
  const shop = service();
  const shown = () => (
    <FanfareProvider {...shop.config} fetch={(...request) => shop.fetch(...request)}>
      <Name />
    </FanfareProvider>
  );
  const page = await render(shown());

  await page.again(shown());
  await until(() => page.text() === "Believable Shop");

  expect(shop.asked).toEqual(["GET /organizations/current"]);
});

test("an SDK that the page made stays the page's", async () => {
  const shop = service();
  const sdk = await sdkOf(shop);
  const page = await render(
    <FanfareProvider sdk={sdk}>
      <Name />
    </FanfareProvider>,
  );
  const text = page.text();

  await page.unmount();
  const session = await sdk.auth.guest();

  expect(text).toBe("Believable Shop");
  expect(session.consumerId).toBe("cons_1");
  sdk.destroy();
});

test("what stands in the way of setting up is told", async () => {
  const shop = service({
    "GET /organizations/current": new Refusal(401, "AUTHENTICATION_REQUIRED"),
  });

  const page = await render(
    <FanfareProvider {...shop.config}>
      <Name />
    </FanfareProvider>,
  );

  await until(() => page.text() === "AUTHENTICATION_REQUIRED");
});

test("a hook without any SDK says what to do", () => {
  expect(() => renderToString(<Name />)).toThrow(/FanfareProvider/);
  expect(KEYS.publishableKey).toMatch(/^pk_test_/);
});
