// Writes the types of the wire from what `fanfare openapi` says: node scripts/wire.mjs openapi.json [--check]
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const PACKAGES = [
  { path: "core/src/wire/openapi.ts", prefixes: ["/api/v1/"] },
  { path: "server/src/wire/openapi.ts", prefixes: ["/api/", "/admin/"] },
];
const HEADER =
  "// Generated from the service's OpenAPI document by `npm run wire`: do not edit.\n\n";

const [source, ...options] = process.argv.slice(2);
const document = JSON.parse(await readFile(source, "utf8"));
leaveOutDefaults(document);
const root = new URL("../", import.meta.url);
let stale = 0;

for (const { path, prefixes } of PACKAGES) {
  const paths = Object.entries(document.paths).filter(([at]) =>
    prefixes.some((each) => at.startsWith(each)),
  );
  const kept = { ...document, paths: Object.fromEntries(paths) };
  kept.components = { ...document.components, schemas: reachable(kept) };
  const text = HEADER + astToString(await openapiTS(kept, { alphabetize: true }));
  if (!options.includes("--check")) {
    await writeFile(new URL(path, root), text);
  } else if ((await readFile(new URL(path, root), "utf8").catch(() => "")) !== text) {
    console.error(`sdk/${path} is not what the service says now. Run: make wire`);
    stale += 1;
  }
}
process.exitCode = stale ? 1 : 0;

/** What has a default may be left out of a request; the generator takes it for always there. */
function leaveOutDefaults({ paths, components }) {
  const bodies = Object.values(paths).flatMap((path) =>
    Object.values(path).flatMap((operation) => operation.requestBody ?? []),
  );
  for (const schema of Object.values(reachable({ paths: bodies, components }))) {
    for (const property of Object.values(schema.properties ?? {})) delete property.default;
  }
}

/** The schemas that the paths name, and those that these name. */
function reachable({ paths, components }) {
  const found = {};
  const open = [JSON.stringify([paths, { ...components, schemas: {} }])];
  while (open.length > 0) {
    for (const [, name] of open.pop().matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (name in found || !(name in components.schemas)) continue;
      found[name] = components.schemas[name];
      open.push(JSON.stringify(found[name]));
    }
  }
  return found;
}
