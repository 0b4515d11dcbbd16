import type { Call, CallOptions } from "../http/http.js";
import { List } from "../http/list.js";
import type { QueryOf } from "../wire/calls.js";
import type { NewOrder, Order, OrderChange } from "../wire/index.js";

/** Orders of your shop; reporting one completes its consumer's admission. */
export class Orders {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Reports an order; the same `externalOrderId` again answers the first one. `completion` follows within moments. */
  create(order: NewOrder, options?: CallOptions): Promise<Order> {
    return this.#call("POST", "/api/orders", { body: order }, options);
  }

  list(query: QueryOf<"GET", "/api/orders"> = {}, options?: CallOptions): List<Order> {
    return new List((more) =>
      this.#call("GET", "/api/orders", { query: { ...query, ...more } }, options),
    );
  }

  get(id: string, options?: CallOptions): Promise<Order> {
    return this.#call("GET", "/api/orders/{order_id}", { path: { order_id: id } }, options);
  }

  /** Gives stock back where the distribution restocks on cancel. */
  cancel(id: string, options?: CallOptions): Promise<Order> {
    return this.#change(id, { status: "cancelled" }, options);
  }

  /** As `cancel`, for an order that was paid back. */
  refund(id: string, options?: CallOptions): Promise<Order> {
    return this.#change(id, { status: "refunded" }, options);
  }

  #change(id: string, body: OrderChange, options?: CallOptions): Promise<Order> {
    const input = { path: { order_id: id }, body };
    return this.#call("PATCH", "/api/orders/{order_id}", input, options);
  }
}
