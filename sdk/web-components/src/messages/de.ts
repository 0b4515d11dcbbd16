import type { Messages } from "./en.js";
import { en } from "./en.js";
export const de: Messages = { ...en };
