/** What an answer means: its object, or an error in the one shape. */
import { type ErrorCode, FanfareError } from "../errors.js";
import type { Problem } from "../wire/index.js";

/** The answer's object, null where it has none; raises what the service refused. */
export function read(response: Response, text: string): unknown {
  if (response.ok && !text) {
    return null;
  }
  const said = parse(text);
  if (!response.ok) {
    throw refusal(response, said as Partial<Problem> | undefined);
  }
  if (said === undefined) {
    throw unreachable(response.status);
  }
  return said;
}

/** Nothing that is Fanfare's answered: the network, or something on the way. */
export function unreachable(status = 0, cause?: unknown): FanfareError {
  const message = "Fanfare cannot be reached. Check the connection; trying again may help.";
  return new FanfareError("NETWORK_ERROR", message, { status, cause, retryable: true });
}

export function unauthenticated(): FanfareError {
  const message = "Nobody is signed in here. Begin a session first, with auth.guest() for example.";
  return new FanfareError("AUTHENTICATION_REQUIRED", message, { status: 401 });
}

/** Whether the service does not know the caller (any more), as it says for keys too. */
export function isUnauthenticated(error: unknown): boolean {
  return error instanceof FanfareError && error.code === "AUTHENTICATION_REQUIRED";
}

function refusal(response: Response, said: Partial<Problem> | undefined): FanfareError {
  const { status } = response;
  const retryAfter = seconds(response.headers.get("Retry-After")) ?? said?.retryAfter ?? null;
  const retryable = status >= 500 || status === 429 || retryAfter !== null;
  const requestId = said?.requestId ?? response.headers.get("X-Request-Id");
  if (typeof said?.code !== "string") {
    const { message } = unreachable();
    return new FanfareError(codeOf(status), message, { status, requestId, retryAfter, retryable });
  }
  return new FanfareError(said.code, said.message ?? said.error ?? said.code, {
    status,
    details: said.details ?? [],
    requestId,
    retryable,
    retryAfter,
    opensAt: said.opensAt ? new Date(said.opensAt) : null,
  });
}

/** The nearest code for an answer of something on the way, such as a proxy. */
function codeOf(status: number): ErrorCode {
  if (status === 429) {
    return "RATE_LIMITED";
  }
  return status >= 500 ? "SERVICE_UNAVAILABLE" : "NETWORK_ERROR";
}

/** The service sends whole seconds; things on the way may send a date. */
function seconds(header: string | null): number | null {
  if (!header) {
    return null;
  }
  const value = /^\d+$/.test(header)
    ? Number(header)
    : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isFinite(value) ? Math.max(0, value) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
