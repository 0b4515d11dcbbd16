import { defineConfig, mergeConfig } from "vite";
import { library } from "../vite.library.js";

export default defineConfig(
  mergeConfig(library(import.meta.dirname, { index: "src/index.ts" }), {
    // Hooks run in browsers: frameworks with server components want to be told.
    build: { rollupOptions: { output: { banner: '"use client";' } } },
  }),
);
