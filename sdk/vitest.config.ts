import { defineConfig } from "vitest/config";

const source = (path: string) => `${import.meta.dirname}/${path}`;

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
    projects: ["core", "server", "react", "web-components", "samples"].map((name) => ({
      extends: true,
      test: {
        name,
        root: name,
        include: ["tests/**/*.test.{ts,tsx}"],
        environment: name === "server" ? "node" : "happy-dom",
        // Waits are by condition: this is for machines that are busy with something else.
        testTimeout: 30_000,
      },
    })),
    passWithNoTests: true,
  },
});
