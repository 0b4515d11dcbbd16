/** The language that the widget speaks, and its formats. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type Format, formats } from "../format.js";
import {
  chooseLocale,
  loadMessages,
  type Messages,
  type Translate,
  translator,
} from "../messages/index.js";

export type LanguageHost = ReactiveControllerHost & HTMLElement & { readonly locale: string };

export class Language implements ReactiveController {
  format: Format = formats("en");
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
    void loadMessages(locale).then((messages) => this.#take(locale, messages));
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

  #take(locale: string, messages: Partial<Messages>): void {
    if (locale !== this.#locale) return;
    this.#messages = messages;
    this.#translate = null;
    this.format = formats(locale);
    this.host.requestUpdate();
  }
}
