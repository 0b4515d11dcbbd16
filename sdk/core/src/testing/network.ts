/** How the fake is reached: a `fetch`, and what goes wrong on the way. */
import { Refusal, rateLimited, unauthenticated, unavailable } from "./problems.js";
import { type Asked, answer, type House } from "./routes.js";

/** One call that the fake was asked; tokens are not kept. */
export interface FakeRequest {
  readonly method: string;
  /** Beginning with `/api/v1/`. */
  readonly path: string;
  /** 0 where it did not get through. */
  readonly status: number;
}

/** What happens to the calls that come next. */
export interface Disturbance {
  /**
   * `page`: HTML of something on the way, which the fake never hears of; `stall`: never answered;
   * `lost`: done, but the answer does not arrive.
   */
  readonly kind: "rate_limited" | "unavailable" | "offline" | "page" | "stall" | "lost";
  /** How many calls. Default: 1. */
  readonly times?: number;
  /** Seconds. Default: 1. */
  readonly retryAfter?: number;
  /** Of a `page`. Default: 200. */
  readonly status?: number;
  /** Only calls whose path holds this. */
  readonly path?: string;
}

type Trouble = Omit<Disturbance, "kind"> & { readonly kind: Disturbance["kind"] | undefined };

const PREFIX = /^\/api\/v1\//;

export class FakeNetwork {
  readonly requests: FakeRequest[] = [];
  online = true;
  readonly #disturbances: { readonly of: Disturbance; left: number }[] = [];
  readonly #house: House;
  readonly #key: string;
  readonly #tick: () => void;

  constructor(house: House, key: string, tick: () => void) {
    this.#house = house;
    this.#key = key;
    this.#tick = tick;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const call = await received(input, init);
    init.signal?.throwIfAborted();
    const { method, url } = call;
    const path = url.pathname;
    const trouble = this.#trouble(path);
    const kind = this.online ? trouble?.kind : "offline";
    const response = this.#arrive(call, { ...trouble, kind });
    this.requests.push({ method, path, status: response?.status ?? 0 });
    if (kind === "stall") return stalled(init.signal);
    if (response === null) throw new TypeError("Failed to fetch");
    return response;
  };

  disturb(of: Disturbance): void {
    this.#disturbances.push({ of, left: of.times ?? 1 });
  }

  #trouble(path: string): Disturbance | undefined {
    const found = this.#disturbances.find(
      ({ of, left }) => left > 0 && path.includes(of.path ?? ""),
    );
    if (found) found.left -= 1;
    return found?.of;
  }

  /** Null where no answer gets back. */
  #arrive(call: Received, trouble: Trouble): Response | null {
    if (trouble.kind === "offline" || trouble.kind === "stall") return null;
    if (trouble.kind === "page") return page(trouble);
    const response = this.#respond(call, trouble);
    return trouble.kind === "lost" ? null : response;
  }

  #respond(call: Received, trouble: Trouble): Response {
    this.#tick();
    try {
      if (trouble.kind === "rate_limited") throw rateLimited(trouble.retryAfter ?? 1);
      if (trouble.kind === "unavailable") throw unavailable(trouble.retryAfter ?? 1);
      const [status, body] = answer(this.#house, this.#asked(call));
      return status === 204 ? new Response(null, { status }) : json(status, body);
    } catch (error) {
      if (error instanceof Refusal) return this.#refused(error);
      throw error;
    } finally {
      this.#tick();
    }
  }

  #asked({ url, method, headers, text }: Received): Asked {
    const { pathname, searchParams } = url;
    // The line card is for everybody.
    const open = pathname.endsWith("/line");
    if (!open && headers.get("X-Publishable-Key") !== this.#key) throw unauthenticated();
    return {
      method,
      path: pathname.replace(PREFIX, ""),
      query: searchParams,
      body: text === "" ? {} : JSON.parse(text),
      authorization: headers.get("Authorization"),
      fingerprint: headers.get("X-Fingerprint"),
    };
  }

  #refused({ refused }: Refusal): Response {
    const { status, error, code, message, retryAfter, more } = refused;
    const requestId = this.#house.context.ids.make("req");
    const header = retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) };
    return json(status, { error, code, message, ...more, requestId }, header);
  }
}

interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
}

/** Reads a call by hand: in a simulated browser, Node's `Request` refuses the page's signals. */
async function received(input: RequestInfo | URL, init: RequestInit): Promise<Received> {
  const whole = typeof input === "object" && "url" in input ? input : null;
  const body = init.body ?? (whole ? await whole.text() : "");
  return {
    method: init.method ?? whole?.method ?? "GET",
    url: new URL(whole ? whole.url : String(input)),
    headers: new Headers(init.headers ?? whole?.headers ?? {}),
    text: String(body),
  };
}

/** As `fetch` does: rejects where the page gives the call up. */
function stalled(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

function page({ status = 200 }: Trouble): Response {
  const headers = { "Content-Type": "text/html" };
  return new Response("<!doctype html><title>One moment</title>", { status, headers });
}

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
}
