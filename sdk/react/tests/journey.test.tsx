import { expect, test } from "vitest";
import { FanfareProvider, useExperienceJourney } from "../src/index.js";
import { launch } from "./support/launch.js";
import { click, render, until } from "./support/render.js";
import { Refusal, type ScriptedService } from "./support/service.js";

const ROUTE = "POST /experiences/exp_1/route";

function Launch() {
  const { view, start, error } = useExperienceJourney("exp_1", { autoStart: true });
  return (
    <>
      <p>{view.journeyStage === "routed" ? view.sequence.phase : view.journeyStage}</p>
      <output>{error?.code}</output>
      <button type="button" onClick={start}>
        Try again
      </button>
    </>
  );
}

const shown = async (shop: ScriptedService) => {
  const page = await render(
    <FanfareProvider {...shop.config}>
      <Launch />
      <Launch />
    </FanfareProvider>,
  );
  const read = (selector: string) => page.container.querySelector(selector)?.textContent;
  return { page, stage: () => read("p"), error: () => read("output") };
};

test("a start that fails is not on its way any more, and trying again starts", async () => {
  const shop = launch();
  const route = shop.answers[ROUTE];
  shop.answers[ROUTE] = new Refusal(404, "NOT_FOUND");
  const { page, stage, error } = await shown(shop);
  await until(() => error() === "NOT_FOUND");
  const failed = stage();

  shop.answers[ROUTE] = route;
  await click(page.container, "Try again");
  await until(() => stage() === "enterable");

  expect(failed).toBe("ready");
  expect(error()).toBe("");
});

test("trying again reads a journey that has started anew, and keeps showing it", async () => {
  const shop = launch();
  const route = shop.answers[ROUTE];
  const { page, stage, error } = await shown(shop);
  await until(() => stage() === "enterable");
  const started = shop.asked.filter((each) => each === ROUTE).length;

  shop.answers[ROUTE] = new Refusal(404, "NOT_FOUND");
  await click(page.container, "Try again");
  await until(() => error() === "NOT_FOUND");
  const during = stage();
  shop.answers[ROUTE] = route;
  await click(page.container, "Try again");
  await until(() => error() === "");

  expect(started).toBe(1);
  expect(during).toBe("enterable");
  expect(stage()).toBe("enterable");
});
