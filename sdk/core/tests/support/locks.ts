import { vi } from "vitest";

/** Lets what waits for a lock lose patience by the tests' clock. */
export function fakePatience(): void {
  vi.spyOn(AbortSignal, "timeout").mockImplementation((milliseconds) => {
    const patience = new AbortController();
    setTimeout(() => patience.abort(), milliseconds);
    return patience.signal;
  });
}

/** Web Locks as browsers have them: one holder of a name at a time, in order of asking. */
export class FakeLocks {
  readonly #tails = new Map<string, Promise<unknown>>();

  request<Value>(
    name: string,
    { signal }: { signal?: AbortSignal },
    work: () => Promise<Value>,
  ): Promise<Value> {
    const before = this.#tails.get(name) ?? Promise.resolve();
    const mine = new Promise<Value>((resolve, reject) => {
      const over = () => reject(new DOMException("Aborted", "AbortError"));
      signal?.addEventListener("abort", over);
      before.then(() => {
        signal?.removeEventListener("abort", over);
        if (!signal?.aborted) work().then(resolve, reject);
      });
    });
    this.#tails.set(
      name,
      mine.catch(() => {}),
    );
    return mine;
  }
}
