/** What only the test itself can do with the service: it is asked, and answers, a line at a time. */
import { createInterface } from "node:readline";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
let before: Promise<unknown> = Promise.resolve();

export function ask(what: object): Promise<unknown> {
  const answer = before.then(async () => {
    process.stdout.write(`${JSON.stringify(what)}\n`);
    return JSON.parse((await lines.next()).value ?? "null");
  });
  before = answer;
  return answer;
}

/** The last line. */
export function finish(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`, () => process.exit());
}
