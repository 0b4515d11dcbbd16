import type { Call, CallOptions } from "../http/http.js";
import { List } from "../http/list.js";
import type { QueryOf } from "../wire/calls.js";
import type { NewProduct, Product, ProductChanges } from "../wire/index.js";

/** The catalog. Prices are numbers in the product's currency. */
export class Products {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Adds a product; with `syncSource` the one with this `externalId` or `sku` is updated, else a taken SKU is `SKU_TAKEN`. */
  create(product: NewProduct, options?: CallOptions): Promise<Product> {
    return this.#call("POST", "/api/products", { body: product }, options);
  }

  list(query: QueryOf<"GET", "/api/products"> = {}, options?: CallOptions): List<Product> {
    return new List((more) =>
      this.#call("GET", "/api/products", { query: { ...query, ...more } }, options),
    );
  }

  get(id: string, options?: CallOptions): Promise<Product> {
    return this.#call("GET", "/api/products/{product_id}", { path: { product_id: id } }, options);
  }

  /** Changes the fields that are given; `variants` replaces all of them, matched by SKU. */
  update(id: string, changes: ProductChanges, options?: CallOptions): Promise<Product> {
    const input = { path: { product_id: id }, body: changes };
    return this.#call("PATCH", "/api/products/{product_id}", input, options);
  }

  /** Takes a product out of the catalog; its SKU is free again. */
  archive(id: string, options?: CallOptions): Promise<undefined> {
    const input = { path: { product_id: id } };
    return this.#call("DELETE", "/api/products/{product_id}", input, options);
  }
}
