// Waiting customers on the SDK as it is built, each with a storage of their own; counts their calls.
// node browsers.mjs CORE CONFIG COUNT: one JSON line of calls by route at each line of input.
import { createInterface } from "node:readline";

const [core, config, count] = process.argv.slice(2);
// These would make one customer's tabs of them all.
Reflect.deleteProperty(globalThis, "BroadcastChannel");
Reflect.deleteProperty(globalThis, "localStorage");
Object.defineProperty(globalThis.navigator, "locks", { value: undefined });

const { initFanfare } = await import(core);
const { experienceId, ...settings } = JSON.parse(config);
const calls = {};

function counted(input, init) {
  const path = new URL(input).pathname.replace(/(queue|exp)_\w+/, ":id");
  calls[path] = (calls[path] ?? 0) + 1;
  return fetch(input, init);
}

async function wait() {
  const sdk = await initFanfare({ ...settings, fetch: counted });
  const journey = sdk.journeys.get(experienceId);
  await journey.start();
  await journey.view$.get().sequence.enter();
  return journey;
}

const journeys = [];
for (let made = 0; made < Number(count); made += 10) {
  journeys.push(...(await Promise.all(Array.from({ length: 10 }, wait))));
}
for await (const _ of createInterface({ input: process.stdin })) {
  const waiting = journeys.filter((each) => each.view$.get().sequence?.phase === "participating");
  process.stdout.write(`${JSON.stringify({ calls, waiting: waiting.length })}\n`);
}
process.exit(0);
