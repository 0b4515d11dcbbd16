/** What an answer means: its object, or an error in the one shape. */
import { type ErrorCode, FanfareError } from "../errors.js";
import type { Problem } from "../wire/index.js";

export const UNREACHABLE = "Fanfare does not answer. Check the connection, and try again.";

/** The answer's object, null for 204, the only one without; raises what the service refused. */
export function read(response: Response, text: string): unknown {
  if (response.status === 204) {
    return null;
  }
  const said = parse(text);
  if (!response.ok) {
    throw refusal(response, said);
  }
  if (said === undefined) {
    throw unreachable(response.status);
  }
  return said;
}

/** Nothing that is Fanfare's answered: the network, or something on the way. For parts of the SDK, too. */
export function unreachable(status = 0, cause?: unknown): FanfareError {
  return new FanfareError("NETWORK_ERROR", UNREACHABLE, { status, cause, retryable: true });
}

export function unauthenticated(): FanfareError {
  const message = "Nobody is signed in. Begin with auth.guest().";
  return new FanfareError("AUTHENTICATION_REQUIRED", message, { status: 401 });
}

/** Whether the service does not know the caller (any more), as it says for keys too. */
export function isUnauthenticated(error: unknown): boolean {
  return error instanceof FanfareError && error.code === "AUTHENTICATION_REQUIRED";
}

function refusal({ status, headers }: Response, said: unknown): FanfareError {
  const retryAfter = seconds(headers.get("Retry-After"));
  if (!isProblem(said)) {
    return new FanfareError(codeOf(status), UNREACHABLE, { status, retryable: true, retryAfter });
  }
  const told = retryAfter ?? said.retryAfter ?? null;
  return new FanfareError(said.code, said.message ?? UNREACHABLE, {
    status,
    details: said.details ?? [],
    requestId: said.requestId ?? null,
    retryable: status >= 500 || status === 429 || told !== null,
    retryAfter: told,
    opensAt: said.opensAt ? new Date(said.opensAt) : null,
  });
}

/** Whether these are the service's own words; firewalls send objects, too. */
function isProblem(said: unknown): said is Partial<Problem> & { readonly code: string } {
  return /^[A-Z][A-Z0-9_]*$/.test(String((said as Partial<Problem> | null | undefined)?.code));
}

/** The nearest code for an answer of something on the way, such as a proxy. */
function codeOf(status: number): ErrorCode {
  return status === 429 ? "RATE_LIMITED" : status < 500 ? "NETWORK_ERROR" : "SERVICE_UNAVAILABLE";
}

/** Whole seconds, as the service sends them; the dates of others are not worth their code. */
function seconds(header: string | null): number | null {
  return header && /^\d+$/.test(header) ? Number(header) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
