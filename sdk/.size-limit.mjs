// What each part may weigh in a storefront's bundle, minified and gzipped.
const bundled = (config) => ({
  ...config,
  define: { "process.env.NODE_ENV": '"production"' },
  format: "esm",
  logLevel: "error",
});

export default [
  {
    name: "core",
    path: "core/dist/index.js",
    limit: "12 kB",
    gzip: true,
    // Loaded when a journey starts, and when a checkout is embedded, which most shops never do.
    modifyEsbuildConfig: (config) => bundled({ ...config, external: ["./running-*", "./frame-*"] }),
  },
  {
    name: "a journey, loaded when it starts",
    path: "core/dist/running-*.js",
    limit: "12 kB",
    gzip: true,
    modifyEsbuildConfig: bundled,
  },
  {
    name: "React's hooks, beyond core",
    path: "react/dist/index.js",
    ignore: ["react", "@fanfare/sdk-core", "@fanfare/sdk-web-components"],
    limit: "6 kB",
    gzip: true,
    modifyEsbuildConfig: bundled,
  },
  {
    name: "web components, with core",
    path: "web-components/dist/index.js",
    limit: "30 kB",
    gzip: true,
    modifyEsbuildConfig: bundled,
  },
];
