// What each part may weigh in a storefront's bundle, minified and gzipped: what loads with the page,
// and all of it, with what is loaded when it is needed.
const later = {
  name: "later",
  setup: (build) =>
    build.onResolve({ filter: /./ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    ),
};

const bundled = (plugins) => (config) => ({
  ...config,
  define: { "process.env.NODE_ENV": '"production"' },
  format: "esm",
  logLevel: "error",
  plugins,
});

const check = (name, path, limit, { plugins = [later], ignore } = {}) => ({
  name,
  path: `${path}/dist/index.js`,
  limit,
  gzip: true,
  modifyEsbuildConfig: bundled(plugins),
  ...(ignore && { ignore }),
});

export default [
  check("core, with the page", "core", "12 kB"),
  check("core, all of it", "core", "20 kB", { plugins: [] }),
  check("React's hooks, beyond core", "react", "6 kB", {
    ignore: ["react", "@fanfare/sdk-core", "@fanfare/sdk-web-components"],
  }),
  check("web components with core, with the page", "web-components", "30 kB"),
  check("web components with core, all of it", "web-components", "70 kB", { plugins: [] }),
];
