/** What goes wrong, in one shape. */
import type { FieldProblem, Problem } from "./wire/index.js";

/** The service's codes, and those of this package. */
export type ErrorCode =
  | "NETWORK_ERROR"
  | "TIMEOUT"
  | "ABORTED"
  | "INVALID_CONFIG"
  | "INVALID_ARGUMENT"
  | "UNEXPECTED_ANSWER"
  | "INVALID_SIGNATURE"
  | "STALE_WEBHOOK"
  | (string & {});

export interface FanfareErrorOptions {
  readonly status?: number;
  readonly details?: readonly FieldProblem[];
  readonly requestId?: string | null;
  readonly retryable?: boolean;
  readonly retryAfter?: number | null;
  readonly opensAt?: Date | null;
  readonly existingId?: string | null;
  readonly cause?: unknown;
}

/** A refusal by the service, or why it could not be asked. It never holds the API key. */
export class FanfareError extends Error {
  override readonly name = "FanfareError";
  /** Such as `SKU_TAKEN` or `RATE_LIMITED`. */
  readonly code: ErrorCode;
  /** The HTTP status; 0 where nothing answered. */
  readonly status: number;
  /** Which fields are wrong, and why. */
  readonly details: readonly FieldProblem[];
  /** What to tell Fanfare's support. */
  readonly requestId: string | null;
  /** Whether the same call may succeed later; the client has tried again by itself already. */
  readonly retryable: boolean;
  /** Seconds to wait before; null where the service named none. */
  readonly retryAfter: number | null;
  /** When what is not open yet opens (`NOT_OPEN_YET`). */
  readonly opensAt: Date | null;
  /** Of the object that has the place already (`SKU_TAKEN`, `EMAIL_TAKEN`). */
  readonly existingId: string | null;

  constructor(code: ErrorCode, message: string, options: FanfareErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 0;
    this.details = options.details ?? [];
    this.requestId = options.requestId ?? null;
    this.retryable = options.retryable ?? false;
    this.retryAfter = options.retryAfter ?? null;
    this.opensAt = options.opensAt ?? null;
    this.existingId = options.existingId ?? null;
  }
}

const LATER = [429, 502, 503, 504];

/** What is no answer of the service's, although it says that all is well. The same call may get through. */
export function odd({ status, headers }: Response): FanfareError {
  const requestId = headers.get("X-Request-Id");
  const options = { status, requestId, retryable: true };
  return new FanfareError("UNEXPECTED_ANSWER", said(status, {}), options);
}

/** Reads a refusal; whatever stands between may answer in its own way. */
export function refusal(status: number, headers: Headers, text: string): FanfareError {
  const problem = parsed(text);
  const retryAfter = seconds(headers.get("Retry-After"));
  return new FanfareError(problem.code ?? "UNEXPECTED_ANSWER", said(status, problem), {
    status,
    details: problem.details ?? [],
    requestId: problem.requestId ?? headers.get("X-Request-Id"),
    retryable: later(status, problem.code),
    retryAfter,
    opensAt: problem.opensAt ? new Date(problem.opensAt) : null,
    existingId: problem.id ?? null,
  });
}

/** Without a code it is a proxy that speaks, in numbers of its own such as 520. */
function later(status: number, code: string | undefined): boolean {
  const strange = status >= 500 && code === undefined;
  return LATER.includes(status) || strange || code === "IDEMPOTENCY_IN_PROGRESS";
}

function parsed(text: string): Partial<Problem> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}

function said(status: number, { message, error }: Partial<Problem>): string {
  const fallback = `The service answered ${status}. Check apiUrl, and what stands in between.`;
  return message ?? error ?? fallback;
}

function seconds(header: string | null): number | null {
  return header !== null && /^\d{1,9}$/.test(header) ? Number(header) : null;
}
