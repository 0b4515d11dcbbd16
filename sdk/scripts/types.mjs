// Checks the types of every part, as many at a time as there are cores; what has not changed is known.
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";

const parts = ["web-components", "react", "samples", "browser", "core", "server"];
const root = new URL("../", import.meta.url).pathname;

function check(part) {
  const known = `node_modules/.cache/types-${part}.tsbuildinfo`;
  const compiler = ["node_modules/typescript/bin/tsc", "-p", part, "--noEmit"];
  const process_ = spawn(
    process.execPath,
    [...compiler, "--incremental", "--tsBuildInfoFile", known],
    { cwd: root, stdio: "inherit" },
  );
  return new Promise((done) => process_.on("close", done));
}

async function checkSome() {
  for (let part = parts.shift(); part; part = parts.shift()) {
    if ((await check(part)) !== 0) process.exitCode = 1;
  }
}

await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, checkSome));
