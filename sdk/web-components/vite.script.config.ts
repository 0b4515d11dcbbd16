/** One file for pages without a bundler: `<script src="https://your-fanfare/sdk/fanfare.js">`. */
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  define: {
    // Only modules know their address; the script tag tells it otherwise.
    "import.meta.url": "undefined",
    // A library leaves this to its user's bundler; here there is none.
    "process.env.NODE_ENV": JSON.stringify("production"),
  },
  build: {
    target: "es2022",
    cssMinify: "lightningcss",
    emptyOutDir: false,
    sourcemap: true,
    lib: {
      entry: "src/script.ts",
      name: "Fanfare",
      formats: ["iife"],
      fileName: () => "fanfare.js",
    },
  },
});
