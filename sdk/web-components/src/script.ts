/** The script-tag file: defines the element, and leaves the rest in `window.Fanfare`. */
import { registerWebComponents } from "./register.js";

export { FanfareError, initFanfare } from "@fanfare/sdk-core";
export { registerWebComponents };

registerWebComponents();
