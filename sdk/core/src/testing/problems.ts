/** How the fake refuses: the service's own words. */

export interface Refused {
  readonly status: number;
  readonly error: string;
  readonly code: string;
  readonly message: string;
  readonly retryAfter?: number;
  readonly more?: Record<string, unknown>;
}

export class Refusal extends Error {
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(refused.message);
    this.refused = refused;
  }
}

const spoken = (kind: string) => kind.replace("_", " ");
const titled = (kind: string) => spoken(kind).replace(/^./, (letter) => letter.toUpperCase());

export function notFound(kind?: string): Refusal {
  const message = "Nothing is here. Check the address and the id.";
  const error = kind ? `${titled(kind)} not found` : "Not found";
  const code = kind ? `${kind.toUpperCase()}_NOT_FOUND` : "NOT_FOUND";
  return new Refusal({ status: 404, error, code, message });
}

export function unauthenticated(): Refusal {
  const message = "Send a valid key, and a consumer access token where the call asks for one.";
  const error = "Authentication required";
  return new Refusal({ status: 401, error, code: "AUTHENTICATION_REQUIRED", message });
}

export function consumerRequired(): Refusal {
  const message = "Send the consumer's access token as 'Authorization: Bearer ...'.";
  const error = "Consumer ID is required";
  return new Refusal({ status: 400, error, code: "CONSUMER_REQUIRED", message });
}

export function invalid(field: string, message: string): Refusal {
  return new Refusal({
    status: 400,
    error: "Validation failed",
    code: "VALIDATION_FAILED",
    message: "The request is not valid. See details for the fields to correct.",
    more: { details: [{ field, message }] },
  });
}

export function invalidCode(code: "INVALID_OTP" | "INVALID_EXCHANGE_CODE"): Refusal {
  const message =
    code === "INVALID_OTP"
      ? "The code is wrong, used or over. Ask for a new one."
      : "The exchange code is unknown, used or over. Have your server ask for a new one.";
  return new Refusal({ status: 401, error: "Invalid code", code, message });
}

export function neverEntered(kind: string): Refusal {
  return new Refusal({
    status: 404,
    error: `Consumer not in ${spoken(kind)}`,
    code: `NOT_IN_${kind.toUpperCase()}`,
    message: `This consumer has not entered the ${spoken(kind)}. Enter it first.`,
  });
}

export function notOpenYet(kind: string, opensAt: number, now: number): Refusal {
  return new Refusal({
    status: 423,
    error: `${titled(kind)} is not open yet`,
    code: "NOT_OPEN_YET",
    message: "Entries begin at the time in opensAt. Try again then.",
    retryAfter: Math.max(1, Math.ceil((opensAt - now) / 1000)),
    more: { opensAt: new Date(opensAt).toISOString() },
  });
}

export function closed(kind: string): Refusal {
  const message = `The ${spoken(kind)} takes no more entries.`;
  return new Refusal({ status: 400, error: `${titled(kind)} is closed`, code: "CLOSED", message });
}

export function full(kind: string): Refusal {
  return new Refusal({
    status: 429,
    error: `${titled(kind)} is full`,
    code: "FULL",
    message: "Every place is taken. One may come free: try again later.",
    retryAfter: 30,
    more: { retryAfter: 30 },
  });
}

export function rateLimited(retryAfter: number): Refusal {
  return new Refusal({
    status: 429,
    error: "Rate limit exceeded",
    code: "RATE_LIMITED",
    message: "Too many requests. Wait for the time in Retry-After, then try again.",
    retryAfter,
    more: { retryAfter },
  });
}

export function unavailable(retryAfter: number): Refusal {
  return new Refusal({
    status: 503,
    error: "Service unavailable",
    code: "SERVICE_UNAVAILABLE",
    message: "The service cannot do this right now. Try again in a moment.",
    retryAfter,
  });
}

export function notRouted(): Refusal {
  return new Refusal({
    status: 403,
    error: "Permission denied",
    code: "NOT_ROUTED",
    message: "Ask for the way first: POST /experiences/:id/route. It opens what is open to you.",
  });
}

export function fingerprintRequired(): Refusal {
  return new Refusal({
    status: 403,
    error: "Fingerprint required",
    code: "FINGERPRINT_REQUIRED",
    message: "Send the device's fingerprint as 'X-Fingerprint: fp_...'.",
  });
}

const CONFLICTS = {
  SOLD_OUT: "Everything has been sold.",
  NOT_ADMITTED: "This consumer holds no live admission.",
  SLOT_TAKEN: "This slot is taken. Choose another.",
  ALREADY_BOOKED: "You have booked another slot. Reschedule it, or cancel it first.",
  BOOKING_FIXED:
    "The appointment has begun, or has ended: this booking cannot be changed any more.",
};

export function conflict(code: keyof typeof CONFLICTS): Refusal {
  return new Refusal({ status: 409, error: "Conflict", code, message: CONFLICTS[code] });
}

export function bidTooLow(least: string, higher: boolean): Refusal {
  return new Refusal({
    status: 400,
    error: higher ? "Bid must be higher than current bid" : "Bid must meet minimum increment",
    code: "BID_TOO_LOW",
    message: `The least that is accepted now is ${least}.`,
  });
}
