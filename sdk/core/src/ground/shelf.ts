/** What outlives the page: localStorage, and memory where the browser refuses it. */

export interface Shelf {
  get(key: string): string | null;
  /** Null takes it away. */
  set(key: string, value: string | null): void;
}

export function makeShelf(kind: "localStorage" | "sessionStorage"): Shelf {
  const memory = new Map<string, string>();
  return {
    get(key) {
      const kept = memory.get(key);
      return kept ?? attempt(() => globalThis[kind].getItem(key)) ?? null;
    },
    set(key, value) {
      memory.delete(key);
      if (value === null) {
        attempt(() => globalThis[kind].removeItem(key));
      } else if (attempt(() => globalThis[kind].setItem(key, value) ?? true) !== true) {
        memory.set(key, value);
      }
    },
  };
}

function attempt<Value>(touch: () => Value): Value | undefined {
  try {
    return touch();
  } catch {
    return undefined;
  }
}
