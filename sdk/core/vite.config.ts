import { defineConfig } from "vite";
import { library } from "../vite.library.js";

export default defineConfig(
  library(import.meta.dirname, {
    index: "src/index.ts",
    embedded: "src/embedded.ts",
    testing: "src/testing.ts",
  }),
);
