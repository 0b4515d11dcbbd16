/** What went wrong, and what to do about it, in the customer's language. */
import { FanfareError } from "@fanfare/sdk-core";
import type { MessageKey } from "./messages/index.js";

const SENTENCES: Readonly<Record<string, MessageKey>> = {
  NETWORK_ERROR: "error.network",
  TIMEOUT: "error.network",
  INVALID_CONFIG: "error.config",
  NOT_FOUND: "error.config",
  NOT_PUBLISHED: "error.config",
  KEY_REVOKED: "error.config",
  KEY_EXPIRED: "error.config",
  CHANNEL_NOT_CONFIGURED: "error.config",
  RATE_LIMITED: "error.busy",
  SERVICE_UNAVAILABLE: "error.busy",
  AUTHENTICATION_REQUIRED: "error.sign_in",
  INVALID_OTP: "error.otp",
  VALIDATION_FAILED: "error.invalid",
  SOLD_OUT: "error.sold_out",
  NO_STOCK: "error.sold_out",
  FULL: "error.full",
  CLOSED: "error.closed",
  CLOSED_FOR_GOOD: "error.closed",
  ENDED: "error.closed",
  NOT_OPEN_YET: "error.not_open",
  FINGERPRINT_LIMIT: "error.limit",
  SLOT_TAKEN: "error.slot",
  ALREADY_BOOKED: "error.booked",
  BOOKING_FIXED: "error.booked",
  BID_TOO_LOW: "error.bid_low",
  NOT_ADMITTED: "error.expired",
  ENTRY_ENDED: "error.expired",
  CHECKOUT_OPEN: "error.open",
  CHECKOUT_UNAVAILABLE: "error.checkout",
  NO_CHECKOUT: "error.config",
  CHECK_FAILED: "error.check",
  INSECURE_PAGE: "error.secure",
};

/** The name of the sentence for this error. */
export function sentenceFor(error: FanfareError): MessageKey {
  const known = Object.hasOwn(SENTENCES, error.code) ? SENTENCES[error.code] : undefined;
  return known ?? (error.requestId ? "error.unknown" : "error.again");
}

/** Any failure in the one shape of errors. */
export function asFanfareError(failure: unknown): FanfareError {
  if (failure instanceof FanfareError) return failure;
  return new FanfareError("UNEXPECTED", "Something in the page failed.", { cause: failure });
}
