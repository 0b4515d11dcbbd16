import type { Call, CallOptions } from "../http/http.js";
import { List } from "../http/list.js";
import type { QueryOf } from "../wire/calls.js";
import type { Consumer, ConsumerChanges, NewConsumer } from "../wire/index.js";

/** Customers, as your shop and Fanfare know them. */
export class Consumers {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Adds a consumer by e-mail, phone or `externalId`; refused with `EMAIL_TAKEN` and `existingId`. */
  create(consumer: NewConsumer, options?: CallOptions): Promise<Consumer> {
    return this.#call("POST", "/api/consumers", { body: consumer }, options);
  }

  list(query: QueryOf<"GET", "/api/consumers"> = {}, options?: CallOptions): List<Consumer> {
    return new List((more) =>
      this.#call("GET", "/api/consumers", { query: { ...query, ...more } }, options),
    );
  }

  get(id: string, options?: CallOptions): Promise<Consumer> {
    return this.#call(
      "GET",
      "/api/consumers/{consumer_id}",
      { path: { consumer_id: id } },
      options,
    );
  }

  update(id: string, changes: ConsumerChanges, options?: CallOptions): Promise<Consumer> {
    const input = { path: { consumer_id: id }, body: changes };
    return this.#call("PATCH", "/api/consumers/{consumer_id}", input, options);
  }

  /** Erases the personal data for good; counts stay. */
  erase(id: string, options?: CallOptions): Promise<undefined> {
    const input = { path: { consumer_id: id } };
    return this.#call("DELETE", "/api/consumers/{consumer_id}", input, options);
  }

  /** All that is held on a consumer, to be handed to them. */
  export(id: string, options?: CallOptions): Promise<unknown> {
    const input = { path: { consumer_id: id } };
    return this.#call("GET", "/api/consumers/{consumer_id}/export", input, options);
  }
}
