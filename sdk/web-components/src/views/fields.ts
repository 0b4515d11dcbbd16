/** Forms: labelled fields, and the button that sends them. */
import { html, nothing, type TemplateResult } from "lit";
import { working } from "./parts.js";
import type { Ui } from "./ui.js";

export function submit(ui: Ui, action: string, label: string): TemplateResult {
  return html`<button
    type="submit"
    id=${action}
    class="primary"
    part="button primary"
    aria-disabled=${ui.busy ? "true" : "false"}
  >${working(ui, action, label)}</button>`;
}

export interface FieldOptions {
  readonly id: string;
  readonly label: string;
  readonly help?: string | undefined;
  readonly type?: string;
  readonly mode?: string;
  readonly complete?: string;
  readonly most?: number;
  readonly optional?: boolean;
}

/** A labelled field; what is wrong with it stands below it and is tied to it. */
export function field(ui: Ui, options: FieldOptions): TemplateResult {
  const { id, label, help, type = "text", mode, complete = "off", most = 254, optional } = options;
  const wrong = ui.local.field === id ? ui.local.complaint : undefined;
  return html`<div class="field" part="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      name=${id}
      part="input"
      type=${type}
      inputmode=${mode ?? nothing}
      autocomplete=${complete}
      autocapitalize="off"
      spellcheck="false"
      maxlength=${most}
      ?required=${!optional}
      aria-invalid=${wrong ? "true" : "false"}
      aria-describedby="${id}-help"
    />
    <p id="${id}-help" class=${wrong ? "wrong" : "help"}>${wrong ?? help}</p>
  </div>`;
}

/** The values of a form's fields, by their names, without space around them. */
export function valuesOf(event: Event): Record<string, string> {
  event.preventDefault();
  const entries = [...new FormData(event.currentTarget as HTMLFormElement)];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value).trim()]));
}
