/** Where the focus is, and what a screen reader is told, as the customer moves on. */
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { Announcer } from "./announcer.js";

export type VoiceHost = ReactiveControllerHost & HTMLElement & { readonly renderRoot: ParentNode };

export class Voice implements ReactiveController {
  readonly #announcer: Announcer;
  #place = "";
  #focused = false;

  constructor(private readonly host: VoiceHost) {
    host.addController(this);
    this.#announcer = new Announcer((text) => {
      const region = this.host.renderRoot.querySelector("#live");
      if (region) region.textContent = text;
    });
  }

  hostUpdate(): void {
    this.#focused = this.#inside();
  }

  /** Whoever was inside goes to the new heading; the others are told of it. */
  moved(place: string, news: string): void {
    const title = this.host.renderRoot.querySelector<HTMLElement>("#title");
    if (place === this.#place) {
      // What had the focus may have gone, as a button to try again does.
      if (this.#focused && !this.#inside()) title?.focus();
      if (news) this.#announcer.tell(news);
      return;
    }
    const first = this.#place === "";
    this.#place = place;
    if (first || !title) return;
    if (this.#focused) title.focus();
    this.#announcer.interrupt([title.textContent, news].filter(Boolean).join(". "));
  }

  #inside(): boolean {
    const { host } = this;
    return host.contains(document.activeElement) || Boolean(host.shadowRoot?.activeElement);
  }

  hostDisconnected(): void {
    this.#announcer.stop();
  }
}
