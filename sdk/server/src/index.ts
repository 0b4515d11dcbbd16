export type * from "./wire/openapi.js";
