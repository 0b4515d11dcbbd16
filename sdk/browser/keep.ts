/** What earlier builds leave for pages that are still open. */
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const HASHED = /\.[\w-]{8}\.js$/;
const LONGEST_MS = 7 * 24 * 3600 * 1000;
const MOST = 300;

/**
 * Empties `folder` of all that was not `built` just now, but for the files with a hash in their names:
 * those stay for a week after the last build that made them, the newest 300 at most.
 */
export function tidy(folder: string, built: ReadonlySet<string>, now = Date.now()): void {
  const old = readdirSync(folder).filter((name) => !built.has(name));
  const age = new Map(old.map((name) => [name, now - statSync(join(folder, name)).mtimeMs]));
  const kept = old
    .filter((name) => HASHED.test(name) && (age.get(name) ?? 0) < LONGEST_MS)
    .sort((one, other) => (age.get(one) ?? 0) - (age.get(other) ?? 0))
    .slice(0, MOST);
  for (const name of old) {
    if (!kept.includes(name)) rmSync(join(folder, name), { recursive: true });
  }
}

/** Tidies after each build, which must not empty its folder itself. */
export function keepForOpenPages(): Plugin {
  return {
    name: "keep-for-open-pages",
    writeBundle({ dir }, bundle) {
      if (dir) tidy(dir, new Set(Object.keys(bundle)));
    },
  };
}
