export * from "./errors.js";
export { type Part, part } from "./ground/part.js";
export { initFanfare } from "./init.js";
export * from "./journey/distribution.js";
export * from "./journey/journey.js";
export * from "./journey/view.js";
export * from "./sdk.js";
export type { Readable } from "./stores.js";
export type * from "./wire/index.js";
