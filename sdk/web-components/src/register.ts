import type { RegisterWebComponents } from "./contract.js";
import { FanfareExperienceWidget } from "./element.js";

const NAME = "fanfare-experience-widget";

/** Defines `<fanfare-experience-widget>`, once; called again, or on a server, it does nothing. */
export const registerWebComponents: RegisterWebComponents = () => {
  if (globalThis.customElements && !customElements.get(NAME)) {
    customElements.define(NAME, FanfareExperienceWidget);
  }
};
