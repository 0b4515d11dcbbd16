import { expect, test } from "vitest";
import { fake } from "./fake-stage.js";
import { play } from "./play.js";
import { SCENARIOS } from "./scenarios.js";

test.each(SCENARIOS)("the fake plays $name", async (scenario) => {
  const { problems, said } = await play(scenario, fake);

  expect(problems).toEqual([]);
  expect(said.length).toBe(scenario.steps.filter((step) => "call" in step).length);
});
