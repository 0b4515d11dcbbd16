/** What goes wrong, in one shape. */
import type { Problem } from "./wire/index.js";

/** The service's codes, and those of the browser. */
export type ErrorCode = "NETWORK_ERROR" | "TIMEOUT" | "ABORTED" | "INVALID_CONFIG" | (string & {});

export class FanfareError extends Error {
  override readonly name = "FanfareError";
  /** `contract` codes such as RATE_LIMITED or SOLD_OUT, or one of the browser's. */
  readonly code: ErrorCode;
  /** The HTTP status; 0 where nothing answered. */
  readonly status: number;
  readonly details: NonNullable<Problem["details"]>;
  readonly requestId: string | null;
  /** Whether the same call may succeed later. */
  readonly retryable: boolean;
  /** Seconds to wait before; null where the service named none. */
  readonly retryAfter: number | null;
  /** When what is not open yet opens (423). */
  readonly opensAt: Date | null;

  constructor(code: ErrorCode, message: string, options: FanfareErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 0;
    this.details = options.details ?? [];
    this.requestId = options.requestId ?? null;
    this.retryable = options.retryable ?? false;
    this.retryAfter = options.retryAfter ?? null;
    this.opensAt = options.opensAt ?? null;
  }
}

export interface FanfareErrorOptions {
  readonly status?: number;
  readonly details?: NonNullable<Problem["details"]>;
  readonly requestId?: string | null;
  readonly retryable?: boolean;
  readonly retryAfter?: number | null;
  readonly opensAt?: Date | null;
  readonly cause?: unknown;
}
