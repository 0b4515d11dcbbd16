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

/** What counts only for whoever looks just then, and the token, are never told. */
type Told<Status> = Omit<
  Status,
  "admissionToken" | "estimatedWait" | "estimatedWaitSeconds" | "pollAfterMs" | "band"
>;
type Standing = Told<Schemas["StatusView"]>;
type Booking = Told<Schemas["BookingView"]>;

interface ByName {
  "admission.expired": Standing;
  "appointment.booked": Booking;
  "appointment.cancelled": Booking;
  "appointment.rescheduled": Booking;
  "auction.bid.outbid": Standing &
    Pick<Schemas["BidderView"], "bidCount" | "currencyCode" | "currentHighBid">;
  "auction.consumer.admitted": Standing &
    Pick<Schemas["BidderView"], "currencyCode" | "winningBidAmount">;
}

interface BySubject {
  /** Only the id is left of who was deleted. */
  consumer: Pick<Schemas["ConsumerView"], "id"> & Partial<Schemas["ConsumerView"]>;
  experience: Pick<Schemas["ExperienceView"], "id" | "name" | "openAt" | "closeAt">;
  /** Money is a decimal string here. */
  order: Omit<Schemas["OrderView"], "totalAmount"> & { readonly totalAmount: string | null };
  sync: Omit<Schemas["SyncRunView"], "conflicts" | "failures" | "rate" | "secondsLeft">;
  waitlist: Omit<Schemas["WaitlistStatusView"], "notifiedAt"> &
    Partial<Pick<Schemas["WaitlistStatusView"], "notifiedAt">>;
}

type DataOf<Type extends WebhookEventType> = Type extends keyof ByName
  ? ByName[Type]
  : Type extends `${infer Subject extends keyof BySubject}.${string}`
    ? BySubject[Subject]
    : Type extends `${string}.consumer.${string}`
      ? Standing
      : Readonly<Record<string, unknown>>;
