import type { Call, CallOptions } from "../http/http.js";
import type { ImportRun } from "../wire/index.js";

/** CSV files of up to 10 MiB and 100 000 rows; the first row names the columns. */
export class Imports {
  readonly #call: Call;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Adds or updates products; the run goes on after the answer, see `get`. */
  products(csv: string, options?: CallOptions): Promise<ImportRun> {
    return this.#call("POST", "/api/imports/products", { body: csv }, options);
  }

  /** As `products`. */
  consumers(csv: string, options?: CallOptions): Promise<ImportRun> {
    return this.#call("POST", "/api/imports/consumers", { body: csv }, options);
  }

  /** How far a run is. */
  get(id: string, options?: CallOptions): Promise<ImportRun> {
    return this.#call("GET", "/api/imports/{import_id}", { path: { import_id: id } }, options);
  }

  /** The rows that were not imported, as CSV: where, what is wrong, and the row. */
  async errors(id: string, options?: CallOptions): Promise<string> {
    const input = { path: { import_id: id } };
    return String(await this.#call("GET", "/api/imports/{import_id}/errors.csv", input, options));
  }
}
