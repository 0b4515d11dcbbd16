/** A service in memory for tests of the ground: sessions as docs/identity.md says, and a log. */
import { type FanfareConfig, type FanfareSdk, initFanfare } from "@fanfare/sdk-core";
import { vi } from "vitest";

export const ORGANIZATION = { id: "org_1", mode: "test", name: "Acme", checkoutUrl: null };

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: Record<string, unknown> | undefined;
}

/** An answer of one's own instead of the service's; undefined leaves it to the service. */
export type Twist = (seen: Seen) => Promise<Response | undefined> | Response | undefined;

interface Session {
  readonly consumerId: string;
  readonly type: "guest" | "authenticated";
  revoked: boolean;
}

interface Refresh {
  readonly session: Session;
  readonly successor: string;
  rotatedAt: number | null;
}

const GRACE = 30_000;

export class FakeService {
  readonly seen: Seen[] = [];
  lifetime = 3600;
  journeys: object[] = [];
  /** Refreshes that were asked for at once, at most. */
  mostRefreshing = 0;
  twist: Twist = () => undefined;
  #refreshing = 0;
  #made = 0;
  readonly #access = new Map<string, { session: Session; until: number }>();
  readonly #refresh = new Map<string, Refresh>();

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const { pathname } = new URL(String(input));
    const seen: Seen = {
      method: init?.method ?? "GET",
      path: pathname,
      headers: new Headers(init?.headers),
      body: init?.body ? JSON.parse(String(init.body)) : undefined,
    };
    this.seen.push(seen);
    const refreshing = pathname.endsWith("/refresh") ? 1 : 0;
    this.#refreshing += refreshing;
    this.mostRefreshing = Math.max(this.mostRefreshing, this.#refreshing);
    try {
      await Promise.resolve();
      return (await this.twist(seen)) ?? this.answer(seen);
    } finally {
      this.#refreshing -= refreshing;
    }
  };

  calls(path: string): Seen[] {
    return this.seen.filter((seen) => seen.path === `/api/v1${path}`);
  }

  /** Ends every session, as a merchant who signs everybody out. */
  revokeAll(): void {
    for (const { session } of this.#refresh.values()) session.revoked = true;
  }

  /** Lets every access token end. */
  expireAll(): void {
    for (const access of this.#access.values()) access.until = 0;
  }

  begin(type: Session["type"], consumerId = `cons_${++this.#made}`) {
    return this.#pair({ consumerId, type, revoked: false }, `rt_${++this.#made}`);
  }

  /** The service's own answer. */
  answer({ path, headers, body }: Seen): Response {
    const route = path.replace("/api/v1", "");
    if (route === "/organizations/current") return json(ORGANIZATION);
    if (route === "/auth/guest") return json(this.begin("guest"), 201);
    if (route === "/auth/otp/request") return json({ requestId: "req_1" }, 202);
    if (route === "/auth/refresh") return this.#rotate(String(body?.["refreshToken"]));
    const signsIn = route === "/auth/otp/verify" || route === "/auth/external/exchange";
    const caller = this.#caller(headers);
    if (caller === null && (headers.has("Authorization") || !signsIn)) return unauthenticated();
    if (signsIn) {
      if (caller) caller.revoked = true;
      return json(this.begin("authenticated", caller?.consumerId));
    }
    if (route === "/auth/logout" && caller) {
      caller.revoked = true;
      return new Response(null, { status: 204 });
    }
    return json({ id: caller?.consumerId, active: { journeys: this.journeys } });
  }

  #rotate(token: string): Response {
    const found = this.#refresh.get(token);
    const late = found?.rotatedAt && Date.now() - found.rotatedAt >= GRACE;
    const used = found && this.#refresh.get(found.successor)?.rotatedAt;
    if (!found || found.session.revoked || late || used) {
      if (found) found.session.revoked = true;
      return unauthenticated();
    }
    found.rotatedAt ??= Date.now();
    return json(this.#pair(found.session, found.successor));
  }

  #pair(session: Session, refreshToken: string) {
    const accessToken = `at_${++this.#made}`;
    const kept = this.#refresh.get(refreshToken);
    const fresh = { session, successor: `rt_${++this.#made}`, rotatedAt: null };
    this.#access.set(accessToken, { session, until: Date.now() + this.lifetime * 1000 });
    this.#refresh.set(refreshToken, kept ?? fresh);
    const { consumerId, type } = session;
    const guestId = type === "guest" ? consumerId : null;
    const expiresAt = "2030-01-01T00:00:00Z";
    return {
      accessToken,
      refreshToken,
      tokenType: "Bearer",
      expiresIn: this.lifetime,
      session: { type, consumerId, guestId, email: null, phone: null, expiresAt },
    };
  }

  #caller(headers: Headers): Session | null {
    const token = headers.get("Authorization")?.replace("Bearer ", "") ?? "";
    const access = this.#access.get(token);
    return access && access.until > Date.now() && !access.session.revoked ? access.session : null;
  }
}

export function json(body: object, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers });
}

export function problem(status: number, code: string, more: object = {}): Response {
  return json({ error: code, code, message: `${code}.`, requestId: "req_1", ...more }, status);
}

export const unauthenticated = () => problem(401, "AUTHENTICATION_REQUIRED");

/** As a browser whose network is away. */
export function offline(): never {
  throw new TypeError("Failed to fetch");
}

/** An SDK as a tab has it: tabs of one browser share its storage. */
export function openTab(service: FakeService, more: Partial<FanfareConfig> = {}) {
  return initFanfare({
    publishableKey: "pk_test_abc",
    apiUrl: "https://fanfare.example",
    fetch: service.fetch,
    ...more,
  });
}

export type Tab = FanfareSdk;

/** Collects what nobody caught; call it at the end. */
export function unhandled(): () => unknown[] {
  const found: unknown[] = [];
  const collect = (reason: unknown) => found.push(reason);
  process.on("unhandledRejection", collect);
  return () => {
    process.off("unhandledRejection", collect);
    return found;
  };
}

/** Runs fake time while a promise is under way. */
export async function passing<Value>(work: Promise<Value>, milliseconds = 60_000): Promise<Value> {
  const settled = work.then(
    (value) => () => value,
    (error: unknown) => () => {
      throw error;
    },
  );
  await vi.advanceTimersByTimeAsync(milliseconds);
  return (await settled)();
}
