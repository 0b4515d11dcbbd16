import { basename } from "node:path";
import { defineConfig } from "vitest/config";

const source = (path: string) => `${import.meta.dirname}/${path}`;

/** The tests of a package; `react` is where its React is, if not where everybody's is. */
const tested = (root: string, react?: string) => ({
  extends: true as const,
  resolve: {
    alias: react
      ? [{ find: /^react(?=$|\/|-dom)/, replacement: `${react}/node_modules/react` }]
      : [],
  },
  test: {
    name: react ? `${root} (${basename(react)})` : root,
    root,
    include: ["tests/**/*.test.{ts,tsx}"],
    environment: ["browser", "server"].includes(root) ? "node" : "happy-dom",
    env: { REACT: react ? "18" : "19" },
    // Waits are by condition: this is for machines that are busy with something else.
    testTimeout: 30_000,
    setupFiles: [source("vitest.setup.ts")],
  },
});

export default defineConfig({
  resolve: {
    alias: [
      { find: /^@fanfare\/sdk-core$/, replacement: source("core/src/index.ts") },
      { find: /^@fanfare\/sdk-core\/embedded$/, replacement: source("core/src/embedded.ts") },
      { find: /^@fanfare\/sdk-core\/testing$/, replacement: source("core/src/testing.ts") },
      { find: /^@fanfare\/sdk-react$/, replacement: source("react/src/index.ts") },
      {
        find: /^@fanfare\/sdk-web-components$/,
        replacement: source("web-components/src/index.ts"),
      },
    ],
  },
  test: {
    projects: [
      ...["browser", "core", "server", "react", "web-components", "samples"].map((name) =>
        tested(name),
      ),
      tested("react", source("react-18")),
    ],
    passWithNoTests: true,
  },
});
