/** What views are read from: nanostores' stores, without the means to write. */

export interface Readable<Value> {
  /** The value now. */
  get(): Value;
  /** Calls back at every change; returns what stops it. */
  listen(listener: (value: Value, oldValue?: Value) => void): () => void;
  /** As `listen`, and at once with the value now. */
  subscribe(listener: (value: Value, oldValue?: Value) => void): () => void;
}

/** `store$` with work that goes on while somebody listens; `get()` alone begins nothing. */
export function whileHeard<Value>(
  store$: Readable<Value>,
  begin: () => () => void,
): Readable<Value> {
  let heard = 0;
  let end: (() => void) | null = null;
  const left = () => {
    heard -= 1;
    // Whoever stops and listens again at once, as React does, has never been away.
    queueMicrotask(() => {
      if (heard > 0) return;
      end?.();
      end = null;
    });
  };
  const listen: Readable<Value>["listen"] = (listener) => {
    const stop = store$.listen(listener);
    heard += 1;
    end ??= begin();
    return once(() => {
      stop();
      left();
    });
  };
  return {
    get: () => store$.get(),
    listen,
    subscribe(listener) {
      const stop = listen(listener);
      listener(store$.get());
      return stop;
    },
  };
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
