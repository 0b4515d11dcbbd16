/** The packages for pages without a bundler: ES modules that need nothing but each other. */
import { defineConfig } from "vite";
import { keepForOpenPages } from "./keep.js";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  define: { "process.env.NODE_ENV": JSON.stringify("production") },
  plugins: [keepForOpenPages()],
  build: {
    emptyOutDir: false,
    target: "es2022",
    sourcemap: true,
    modulePreload: false,
    rollupOptions: {
      input: ["core.ts", "embedded.ts", "web-components.ts", "demo-react.tsx"].map(
        (name) => `${import.meta.dirname}/src/${name}`,
      ),
      preserveEntrySignatures: "strict",
      // React's package says "use client", which means nothing to a page.
      onwarn: (warning, warn) => {
        if (warning.code !== "MODULE_LEVEL_DIRECTIVE") warn(warning);
      },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].[hash].js" },
    },
  },
});
