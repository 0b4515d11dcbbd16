/** The language that the widget speaks, and its formats. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type Format, formats } from "../format.js";
import {
  chooseLocale,
  english,
  loadMessages,
  type Messages,
  type Translate,
  translator,
} from "../messages/index.js";

export type LanguageHost = ReactiveControllerHost & HTMLElement & { readonly locale: string };

export class Language implements ReactiveController {
  format: Format = formats("en");
  /** Why English stands in. */
  unloaded: Error | null = null;
  #locale = "";
  #messages: Partial<Messages> | null = null;
  #translate: Translate | null = null;
  #own: unknown;

  constructor(private readonly host: LanguageHost) {
    host.addController(this);
  }

  hostUpdate(): void {
    const locale = chooseLocale([
      this.host.locale,
      this.host.closest("[lang]")?.getAttribute("lang"),
      document.documentElement.lang,
      ...navigator.languages,
    ]);
    if (locale === this.#locale) return;
    this.#locale = locale;
    this.unloaded = null;
    loadMessages(locale).then(
      (messages) => this.#take(locale, messages),
      (failure) => this.#doWithout(locale, failure),
    );
  }

  /** Asks once more for a language that could not be had, with the next rendering. */
  again(): void {
    if (this.unloaded) this.#locale = "";
  }

  /** What says texts, the merchant's own first; null until the language is here. */
  translate(own: unknown): Translate | null {
    if (!this.#messages) return null;
    if (!this.#translate || own !== this.#own) {
      this.#own = own;
      this.#translate = translator(this.format.locale, this.#messages, own);
    }
    return this.#translate;
  }

  #take(locale: string, messages: Partial<Messages>, spoken = locale): void {
    if (locale !== this.#locale) return;
    this.#messages = messages;
    this.#translate = null;
    this.format = formats(spoken);
    this.host.requestUpdate();
  }

  #doWithout(locale: string, failure: Error): void {
    if (locale === this.#locale) this.unloaded = failure;
    this.#take(locale, english, "en");
  }
}
