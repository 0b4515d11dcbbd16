// Packs the package in this folder as npm would publish it, and checks that it can be imported.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "fanfare-pack-"));
const run = (...command) =>
  execFileSync(process.execPath, command, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const tool = (path) => new URL(`../node_modules/${path}`, import.meta.url).pathname;

try {
  // The npm that runs this script: the one on the PATH may be another, or none.
  const packed = run(process.env.npm_execpath, "pack", "--json", "--pack-destination", folder);
  const archive = join(folder, JSON.parse(packed)[0].filename);
  run(tool("publint/src/cli.js"), archive, "--strict");
  run(tool("@arethetypeswrong/cli/dist/index.js"), archive, "--profile", "esm-only");
} catch (problem) {
  console.error(`${problem.stdout ?? ""}${problem.stderr ?? problem}`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
