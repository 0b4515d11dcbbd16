import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

const read = (path: string) => readFile(`${import.meta.dirname}/${path}`, "utf8");

test("the page's example is the one that is run here", async () => {
  const page = await read("../../TESTING.md");

  const [, example] = /```ts\n(.*?)```/s.exec(page) ?? [];

  expect(example).toBe(await read("example.test.ts"));
});
