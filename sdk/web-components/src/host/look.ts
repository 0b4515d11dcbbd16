/** Colours and shapes: a style sheet of its own, which no Content Security Policy forbids. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { themeRule } from "../theme/palette.js";

export class Look implements ReactiveController {
  readonly #dark = globalThis.matchMedia?.("(prefers-color-scheme: dark)");
  readonly #sheet = new CSSStyleSheet();
  #rule = "";

  constructor(private readonly host: ReactiveControllerHost & HTMLElement) {
    host.addController(this);
  }

  /** Looks like this from now on; `scheme` is `light` or `dark`, else what the visitor prefers. */
  wear(theme: string, own: unknown, scheme: string): void {
    const dark = scheme === "dark" || (scheme !== "light" && this.#dark?.matches === true);
    const rule = themeRule(theme, own, dark);
    if (rule === this.#rule) return;
    this.#rule = rule;
    this.#sheet.replaceSync(rule);
  }

  hostConnected(): void {
    const root = this.host.shadowRoot;
    if (root && !root.adoptedStyleSheets.includes(this.#sheet))
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, this.#sheet];
    this.#dark?.addEventListener("change", this.#changed);
  }

  hostDisconnected(): void {
    this.#dark?.removeEventListener("change", this.#changed);
  }

  readonly #changed = (): void => this.host.requestUpdate();
}
