/** What views are read from: nanostores' stores, without the means to write. */

export interface Readable<Value> {
  /** The value now. */
  get(): Value;
  /** Calls back at every change; returns what stops it. */
  listen(listener: (value: Value, oldValue?: Value) => void): () => void;
  /** As `listen`, and at once with the value now. */
  subscribe(listener: (value: Value, oldValue?: Value) => void): () => void;
}
