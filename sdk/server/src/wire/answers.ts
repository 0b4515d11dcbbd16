/** What each call answers: JSON, but for those named here, which a page of something on the way is told from. */
import type { Method } from "./calls.js";
import type { paths } from "./openapi.js";

export const JSON_TYPE = "application/json";

type AnsweringNothing = {
  [P in keyof paths]: {
    [M in Method]: paths[P][Lowercase<M>] extends { responses: { 204: unknown } }
      ? `${M} ${P}`
      : never;
  }[Method];
}[keyof paths];

const NOTHING: Readonly<Record<AnsweringNothing, true>> = {
  "DELETE /admin/api/v1/api-keys/{key_id}": true,
  "DELETE /admin/api/v1/appointments/{line_id}": true,
  "DELETE /admin/api/v1/auctions/{line_id}": true,
  "DELETE /admin/api/v1/audiences/{audience_id}": true,
  "DELETE /admin/api/v1/audiences/{audience_id}/members/{consumer_id}": true,
  "DELETE /admin/api/v1/connections/{connection_id}": true,
  "DELETE /admin/api/v1/draws/{line_id}": true,
  "DELETE /admin/api/v1/experiences/{experience_id}": true,
  "DELETE /admin/api/v1/queues/{line_id}": true,
  "DELETE /admin/api/v1/sequences/{sequence_id}": true,
  "DELETE /admin/api/v1/timed-releases/{line_id}": true,
  "DELETE /admin/api/v1/waitlists/{line_id}": true,
  "DELETE /admin/api/v1/webhooks/{webhook_id}": true,
  "DELETE /api/consumers/{consumer_id}": true,
  "DELETE /api/products/{product_id}": true,
  "DELETE /api/v1/experiences/{experience_id}/leave": true,
  "POST /api/v1/auth/logout": true,
};

const TEXTS: { readonly [P in keyof paths]?: string } = {
  "/api/exports/consumers.csv": "text/csv",
  "/api/exports/orders.csv": "text/csv",
  "/api/exports/products.csv": "text/csv",
  "/api/imports/{import_id}/errors.csv": "text/csv",
  "/api/v1/appointments/{appointment_id}/calendar.ics": "text/calendar",
  "/api/v1/draws/{draw_id}/entries": "application/x-ndjson",
};

/** How the `Content-Type` of an answer that succeeds begins; null where it is a 204. */
export function expected(method: Method, path: string): string | null {
  if (`${method} ${path}` in NOTHING) return null;
  return TEXTS[path as keyof paths] ?? JSON_TYPE;
}
