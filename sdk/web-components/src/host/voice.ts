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
      if (this.#focused && !this.#inside()) this.#lead(title);
      if (news) this.#announcer.tell(news);
      return;
    }
    const first = this.#place === "";
    this.#place = place;
    if (first || !title) return;
    if (this.#focused) this.#lead(title);
    this.#announcer.interrupt([title.textContent, news].filter(Boolean).join(". "));
  }

  /** To the heading, or to what the page shows instead of it. */
  #lead(title: HTMLElement | null): void {
    const slots = this.host.renderRoot.querySelectorAll<HTMLSlotElement>(".phase>slot,slot>slot");
    const own = [...slots].flatMap((slot) => slot.assignedElements())[0] as HTMLElement | undefined;
    if (own?.hasAttribute("tabindex") === false) own.tabIndex = -1;
    (own ?? title)?.focus();
  }

  #inside(): boolean {
    const { host } = this;
    return host.contains(document.activeElement) || Boolean(host.shadowRoot?.activeElement);
  }

  hostDisconnected(): void {
    this.#announcer.stop();
  }
}
