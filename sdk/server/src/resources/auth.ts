import type { Call, CallOptions } from "../http/http.js";
import type { ExchangeCode, ExternalIdentity } from "../wire/index.js";

/** Customers whom your own login has verified. */
export class Auth {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** A code of 60 seconds, for the browser's `sdk.auth.exchangeExternal(code)`. */
  authorizeExternal(identity: ExternalIdentity, options?: CallOptions): Promise<ExchangeCode> {
    return this.#call("POST", "/api/v1/auth/external/authorize", { body: identity }, options);
  }
}
