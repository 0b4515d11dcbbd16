import { defineConfig, mergeConfig } from "vite";
import { library } from "../vite.library.js";

export default defineConfig(
  mergeConfig(library(import.meta.dirname, { index: "src/index.ts" }), {
    build: { cssMinify: "lightningcss" },
  }),
);
