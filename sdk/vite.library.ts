/** How each package is built: ES modules, what it depends on left outside. */
import { readFileSync } from "node:fs";
import type { UserConfig } from "vite";

interface Manifest {
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** Builds `entries` (name of the file in dist to its source) of the package in this folder. */
export function library(folder: string, entries: Record<string, string>): UserConfig {
  const manifest: Manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const outside = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return {
    root: folder,
    build: {
      target: "es2022",
      minify: false,
      sourcemap: true,
      emptyOutDir: true,
      lib: { entry: entries, formats: ["es"] },
      rollupOptions: {
        external: (id) =>
          id.startsWith("node:") ||
          outside.some((name) => id === name || id.startsWith(`${name}/`)),
      },
    },
  };
}
