/** What webhooks tell. New members and new types may come at any time. */
import type { components } from "../wire/openapi.js";

type Schemas = components["schemas"];

/** What an endpoint can subscribe to, and what `/test` sends. */
export type WebhookEventType =
  | NonNullable<Schemas["WebhookBody"]["events"]>[number]
  | "webhook.test";

/** A union on `type`: `if (event.type === "order.completed") event.data.externalOrderId`. */
export type WebhookEvent = { [Type in WebhookEventType]: WebhookEventOf<Type> }[WebhookEventType];

export interface WebhookEventOf<Type extends WebhookEventType> {
  /** The same on every attempt: drop what you have seen. */
  readonly id: string;
  readonly type: Type;
  readonly timestamp: string;
  readonly organizationId: string;
  /** Rises per subject: ignore what is older than what you know. */
  readonly sequence: number;
  readonly data: DataOf<Type>;
}

/** A status never holds its token, nor what only counts while somebody looks. */
type Told<Status> = Omit<
  Status,
  "admissionToken" | "estimatedWait" | "estimatedWaitSeconds" | "pollAfterMs" | "band"
>;

type DataOf<Type extends WebhookEventType> = Type extends `waitlist.${string}`
  ? WaitlistEvent
  : Type extends `${string}.consumer.${string}` | "admission.expired"
    ? Told<Schemas["StatusView"]>
    : Type extends `order.${string}`
      ? OrderEvent
      : Type extends `sync.${string}`
        ? Pick<Schemas["SyncRunView"], "id" | "status" | "subject" | "connectionId">
        : Type extends `consumer.${string}`
          ? Pick<Schemas["ConsumerView"], "id"> & Partial<Schemas["ConsumerView"]>
          : Type extends `experience.${string}`
            ? Pick<Schemas["ExperienceView"], "id" | "name" | "openAt" | "closeAt">
            : Readonly<Record<string, unknown>>;

type WaitlistEvent = Omit<Schemas["WaitlistStatusView"], "notifiedAt"> &
  Partial<Pick<Schemas["WaitlistStatusView"], "notifiedAt">>;

/** Money is a decimal string here. */
type OrderEvent = Omit<Schemas["OrderView"], "totalAmount"> & {
  readonly totalAmount: string | null;
};
