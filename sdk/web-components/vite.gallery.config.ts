/** The gallery as one file, so that its page opens without a server. */
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias: { "@fanfare/sdk-core": `${import.meta.dirname}/../core/src/index.ts` } },
  // Only modules know their address; the script tag tells it otherwise.
  define: { "import.meta.url": "undefined" },
  build: {
    target: "es2022",
    minify: false,
    cssMinify: "lightningcss",
    outDir: "gallery/dist",
    lib: {
      entry: "gallery/main.ts",
      name: "gallery",
      formats: ["iife"],
      fileName: () => "gallery.js",
    },
  },
});
