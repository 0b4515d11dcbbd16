/** Which language somebody reads, and its texts. */
import { en, type MessageKey, type Messages, type Text } from "./en.js";

export type { MessageKey, Messages, Plural, Text } from "./en.js";

/** With the texts of what has been loaded. */
export const english: Partial<Messages> = { ...en };

const LOADERS: Readonly<Record<string, () => Promise<Partial<Messages>>>> = {
  en: async () => english,
  ar: async () => (await import("./ar.js")).ar,
  de: async () => (await import("./de.js")).de,
  es: async () => (await import("./es.js")).es,
  fr: async () => (await import("./fr.js")).fr,
  ja: async () => (await import("./ja.js")).ja,
};

const RIGHT_TO_LEFT = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);

/** The languages that come with the widget. */
export const LANGUAGES: readonly string[] = Object.keys(LOADERS);

/** `de` of `de-AT`. */
export function languageOf(locale: string): string {
  return locale.split("-", 1)[0]?.toLowerCase() ?? "";
}

export function directionOf(locale: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(languageOf(locale)) ? "rtl" : "ltr";
}

/** The first of these that is a locale whose language we have, else `en`. */
export function chooseLocale(wanted: readonly (string | null | undefined)[]): string {
  const known = wanted.find((locale) => locale && languageOf(locale) in LOADERS && valid(locale));
  return known ?? "en";
}

/** A locale's texts; rejects where they cannot be loaded. */
export async function loadMessages(locale: string): Promise<Partial<Messages>> {
  return (await LOADERS[languageOf(locale)]?.()) ?? english;
}

/** Brings the English of views that are loaded when they are needed. */
export async function loadLater(): Promise<void> {
  const { later } = await import("./en-later.js");
  Object.assign(english, later);
}

/** Fills in texts; what a merchant wrote comes before ours. */
export type Translate = (key: MessageKey, values?: Values) => string;

type Values = Readonly<Record<string, string | number>>;

/**
 * What says a text in a language. `own` are the merchant's: by name, or by language and then name.
 */
export function translator(locale: string, messages: Partial<Messages>, own?: unknown): Translate {
  const plurals = new Intl.PluralRules(locale);
  const texts = ownTexts(locale, own);
  return (key, values = {}) => {
    // What is still on its way is not said yet.
    const text = texts[key] ?? messages[key] ?? "";
    const form = plurals.select(Number(values["count"] ?? 0));
    const chosen = typeof text === "string" ? text : (text[form] ?? text.other);
    return chosen.replace(/\{(\w+)\}/g, (hole, name: string) => `${values[name] ?? hole}`);
  };
}

function ownTexts(locale: string, own: unknown): Partial<Messages> {
  if (!isObject(own)) return {};
  const layers = [own, own[languageOf(locale)], own[locale]].filter(isObject);
  const entries = layers.flatMap((layer) => Object.entries(layer));
  return Object.fromEntries(entries.filter(([, text]) => isText(text)));
}

function isText(value: unknown): value is Text {
  if (!isObject(value)) return typeof value === "string";
  return "other" in value && Object.values(value).every((form) => typeof form === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valid(locale: string): boolean {
  try {
    return Intl.getCanonicalLocales(locale).length > 0;
  } catch {
    return false;
  }
}
