/** Fanfare for a merchant's server. */
import { config, type FanfareClientOptions } from "./config.js";
import { bodies, type CallOptions, type Http, http } from "./http/http.js";
import type { Answer } from "./http/request.js";
import { Admissions } from "./resources/admissions.js";
import { Auth } from "./resources/auth.js";
import { Consumers } from "./resources/consumers.js";
import { Experiences } from "./resources/experiences.js";
import { Imports } from "./resources/imports.js";
import { Orders } from "./resources/orders.js";
import { Products } from "./resources/products.js";
import type { AnswerOf, Input, Method, PathOf } from "./wire/calls.js";

/**
 * Calls the service with a secret key. Keep it on your server: whoever has the key can do all of this.
 * Every method fails with a `FanfareError`, after trying again what may succeed later.
 */
export class FanfareClient {
  readonly products: Products;
  readonly consumers: Consumers;
  readonly orders: Orders;
  readonly admissions: Admissions;
  readonly experiences: Experiences;
  readonly imports: Imports;
  readonly auth: Auth;
  readonly #http: Http;

  constructor(options: FanfareClientOptions = {}) {
    this.#http = http(config(options));
    const call = bodies(this.#http);
    this.products = new Products(call);
    this.consumers = new Consumers(call);
    this.orders = new Orders(call);
    this.admissions = new Admissions(call);
    this.experiences = new Experiences(call);
    this.imports = new Imports(call);
    this.auth = new Auth(call);
  }

  /** Any other call of the Integration, Admin and Consumer API, typed by its path, with status and headers of the answer. */
  request<M extends Method, P extends PathOf<M>>(
    method: M,
    path: P,
    input: Input<M, P>,
    options?: CallOptions,
  ): Promise<Answer<AnswerOf<M, P>>> {
    return this.#http(method, path, input, options);
  }
}
