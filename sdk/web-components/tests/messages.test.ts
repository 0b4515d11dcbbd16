import { describe, expect, test, vi } from "vitest";
import { ar } from "../src/messages/ar.js";
import { de } from "../src/messages/de.js";
import { en as first } from "../src/messages/en.js";
import { later } from "../src/messages/en-later.js";
import { es } from "../src/messages/es.js";
import { fr } from "../src/messages/fr.js";
import {
  chooseLocale,
  directionOf,
  LANGUAGES,
  loadLater,
  loadMessages,
  type Messages,
  type Text,
  translator,
} from "../src/messages/index.js";
import { ja } from "../src/messages/ja.js";

const en: Messages = { ...first, ...later };
const all: Readonly<Record<string, Messages>> = { en, ar, de, es, fr, ja };

function holes(text: Text): string[] {
  const said = typeof text === "string" ? text : text.other;
  return [...said.matchAll(/\{\w+\}/g)].map(([hole]) => hole).sort();
}

test("the languages that can be asked for are those that are tested", () => {
  expect([...LANGUAGES].sort()).toEqual(Object.keys(all).sort());
});

describe.each(Object.entries(all))("%s", (language, messages) => {
  test("says everything that English says, and fills in the same", () => {
    const filled = (from: Messages) =>
      Object.fromEntries(Object.entries(from).map(([key, text]) => [key, holes(text)]));

    expect(filled(messages)).toEqual(filled(en));
    expect(Object.values(messages)).not.toContain("");
  });

  test("has the plural forms that its people need", () => {
    const rules = new Intl.PluralRules(language);
    const needed = new Set([0, 1, 2, 3, 7, 11, 100, 1284].map((count) => rules.select(count)));
    const plurals = Object.entries(messages).filter(([, text]) => typeof text !== "string");

    for (const form of needed) expect(messages["participating.queue.spoken"]).toHaveProperty(form);
    expect(plurals.length).toBeGreaterThan(0);
  });

  test("is loaded when it is asked for", async () => {
    await loadLater();

    expect(await loadMessages(`${language}-XX`)).toEqual(messages);
  });
});

test("what English says of views that come later comes with them", async () => {
  vi.resetModules();
  const { loadLater, loadMessages, translator } = await import("../src/messages/index.js");
  const t = translator("en", await loadMessages("en"));
  const before = [t("ready.start"), t("auction.bid")];

  await loadLater();

  expect(before).toEqual(["Start", ""]);
  expect(t("auction.bid")).toBe("Place bid");
});

test("a locale that we do not speak gives way to the next one, and at last to English", () => {
  expect(chooseLocale(["", null, "pt-BR", "de-AT", "en"])).toBe("de-AT");
  expect(chooseLocale(["not a locale", "de_AT"])).toBe("en");
  expect(chooseLocale([])).toBe("en");
});

test("Arabic is written from the right", () => {
  expect(["ar-EG", "de"].map(directionOf)).toEqual(["rtl", "ltr"]);
});

test("a count chooses the plural form", () => {
  const t = translator("en", en);

  expect([1, 2].map((count) => t("participating.queue.ahead", { count }))).toEqual([
    "person ahead of you",
    "people ahead of you",
  ]);
});

test("a merchant's texts replace ours: for all languages, for one, for one country", () => {
  const own = {
    "ready.start": "Go",
    de: { "ready.start": "Los" },
    "de-AT": { "ready.start": "Auf" },
  };
  const said = ["en", "de", "de-AT"].map((locale) => translator(locale, en, own)("ready.start"));

  expect(said).toEqual(["Go", "Los", "Auf"]);
});

test("what a merchant wrote in another shape is passed over", () => {
  for (const own of [
    null,
    "x",
    [],
    { "ready.start": 5 },
    { "ready.start": { one: "x" } },
    { "ready.start": { one: 5, other: "x" } },
    { "ready.start": { other: "x", zero: null } },
    { x: "y" },
  ])
    expect(translator("en", en, own)("ready.start")).toBe("Start");
});

test("texts are put in as text: what looks like a hole in a value stays as it is", () => {
  const t = translator("en", en);

  expect(t("authentication.sent", { email: "{code}@x" })).toContain("{code}@x");
});
