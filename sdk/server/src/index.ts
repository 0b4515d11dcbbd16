export * from "./client.js";
export type { FanfareClientOptions } from "./config.js";
export { type ErrorCode, FanfareError } from "./errors.js";
export type { CallOptions } from "./http/http.js";
export { List, type Page } from "./http/list.js";
export type { Answer } from "./http/request.js";
export * from "./webhooks/events.js";
export * from "./webhooks/verify.js";
export type * from "./wire/index.js";
