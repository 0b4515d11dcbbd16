/** Plays every scenario to the service and to the fake, and tells where they differ. */
import { differences } from "./compare.js";
import { fake } from "./fake-stage.js";
import { finish } from "./hand.js";
import { play, type Scenario } from "./play.js";
import { real } from "./real.js";
import { SCENARIOS } from "./scenarios.js";

/** At a time: most of it is waiting for the service's clock. */
const SIDE_BY_SIDE = 4;

async function told(scenario: Scenario): Promise<[string, readonly string[]]> {
  const service = await play(scenario, real);
  const found = differences(await play(scenario, fake), service);
  return [scenario.name, [...service.problems, ...found]];
}

/** Whatever changes a limit does so to everybody: it is played alone. */
const alone = ({ steps }: Scenario) => steps.some((step) => "verb" in step && step.verb === "limit");

const open = SCENARIOS.filter((scenario) => !alone(scenario));
const found: [string, readonly string[]][] = [];
await Promise.all(
  Array.from({ length: SIDE_BY_SIDE }, async () => {
    for (let next = open.shift(); next; next = open.shift()) found.push(await told(next));
  }),
);
for (const scenario of SCENARIOS.filter(alone)) found.push(await told(scenario));
finish({ told: Object.fromEntries(found) });
