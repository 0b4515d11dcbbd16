/** What goes wrong, in one shape. */
import type { Problem } from "./wire/index.js";

/** The service's codes, and those of the browser. */
export type ErrorCode = "NETWORK_ERROR" | "TIMEOUT" | "ABORTED" | "INVALID_CONFIG" | (string & {});

export class FanfareError extends Error {
  /** `contract` codes such as RATE_LIMITED or SOLD_OUT, or one of the browser's. */
  declare readonly code: ErrorCode;
  /** The HTTP status; 0 where nothing answered. */
  declare readonly status: number;
  declare readonly details: NonNullable<Problem["details"]>;
  declare readonly requestId: string | null;
  /** Whether the same call may succeed later. */
  declare readonly retryable: boolean;
  /** Seconds to wait before; null where the service named none. */
  declare readonly retryAfter: number | null;
  /** When what is not open yet opens (423). */
  declare readonly opensAt: Date | null;

  constructor(code: ErrorCode, message: string, { cause, ...more }: FanfareErrorOptions = {}) {
    super(message, { cause });
    const unless = { status: 0, details: [], requestId: null, retryable: false };
    Object.assign(this, unless, { retryAfter: null, opensAt: null }, more, { code });
    this.name = "FanfareError";
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
