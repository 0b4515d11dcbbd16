/** What the pages about the packages show compiles. */
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const SAMPLES = `${dirname(import.meta.dirname)}/`;
const SDK = `${dirname(dirname(import.meta.dirname))}/`;
const PAGES = [
  "README.md",
  "core/README.md",
  "core/JOURNEYS.md",
  "react/README.md",
  "web-components/README.md",
];

/** The pieces of a page, by the names of files that are not there. */
function pieces(page: string): [string, string][] {
  const path = `${SDK}${page}`;
  const text = existsSync(path) ? readFileSync(path, "utf8") : "";
  return [...text.matchAll(/```(tsx?)\n(.*?)```/gs)].map(([, kind, code = ""], at) => [
    `${SAMPLES}piece-${page.replace(/\W/g, "-")}-${at + 1}.${kind}`,
    // A piece without imports is no module yet.
    `${code}\nexport {};\n`,
  ]);
}

test("every piece of TypeScript in the READMEs compiles under strict", () => {
  const files = new Map(PAGES.flatMap(pieces));
  const { config } = ts.readConfigFile(`${SAMPLES}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, SAMPLES);
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, version, ...rest) => {
    const piece = files.get(name);
    return piece === undefined
      ? getSourceFile(name, version, ...rest)
      : ts.createSourceFile(name, piece, version);
  };

  const program = ts.createProgram([...files.keys()], options, host);
  const found = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName.replace(SAMPLES, "")}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });

  expect(files.size).toBeGreaterThan(0);
  expect(found).toEqual([]);
}, 120_000);
