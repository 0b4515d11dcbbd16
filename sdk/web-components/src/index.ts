/// <reference path="./css.d.ts" />
export type * from "@fanfare/sdk-core";
export type { ExperienceWidgetElement, RegisterWebComponents } from "./contract.js";
export { FanfareExperienceWidget } from "./element.js";
export type {
  AdmittedDetail,
  ErrorDetail,
  FanfareEventMap,
  JourneyChangeDetail,
} from "./events.js";
export { LANGUAGES, type MessageKey, type Messages, type Text } from "./messages/index.js";
export { registerWebComponents } from "./register.js";
export type { OwnTheme } from "./theme/palette.js";
export type { ThemeName } from "./theme/themes.js";
