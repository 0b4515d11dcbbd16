import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tidy } from "../keep.js";

const NOW = Date.parse("2026-12-08T09:00:00Z");
const DAY = 24 * 3600;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keep-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function there(name: string, days = 0): void {
  const written = NOW / 1000 - days * DAY;
  writeFileSync(join(folder, name), "");
  utimesSync(join(folder, name), written, written);
}

const left = () => readdirSync(folder).sort();

test("a page that is open finds the files of the build before for a week", () => {
  there("core.js");
  there("desk-1.AbC-_123.js");
  there("desk-1.old-_123.js", 6.9);
  there("desk-1.gone_123.js", 7.1);

  tidy(folder, new Set(["core.js", "desk-1.AbC-_123.js"]), NOW);

  expect(left()).toEqual(["core.js", "desk-1.AbC-_123.js", "desk-1.old-_123.js"]);
});

test("what was built just now stays, whatever its age", () => {
  there("desk-1.AbC-_123.js", 30);

  tidy(folder, new Set(["desk-1.AbC-_123.js"]), NOW);

  expect(left()).toEqual(["desk-1.AbC-_123.js"]);
});

test("nothing else of an earlier build stays", () => {
  there("former.js", 1);
  there("desk-1.old-_123.js.map", 1);

  tidy(folder, new Set(), NOW);

  expect(left()).toEqual([]);
});

test("whoever builds all day keeps the newest", () => {
  for (let build = 0; build < 302; build += 1) {
    there(`desk.${String(build).padStart(8, "0")}.js`, build / 100);
  }

  tidy(folder, new Set(), NOW);

  expect(left()).toHaveLength(300);
  expect(left().at(-1)).toBe("desk.00000299.js");
});
