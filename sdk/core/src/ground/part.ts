/** Parts of the SDK that are loaded when they are needed, and again where that fails. */
import type { FanfareError } from "../errors.js";
import { unreachable } from "./answers.js";
import { delay } from "./backoff.js";

/** Milliseconds. A connection that hangs is as good as none. */
const LATE = 15_000;

/** What is loaded once: tried again at once for whoever asks, and on and on for whoever waits. */
export interface Part<Value> {
  /** Tries once; rejects with a NETWORK_ERROR that may be tried again, after 15 s at the latest. */
  now(): Promise<Value>;
  /**
   * Calls back once it is there, however often that takes, at a backoff's pace and as the page is
   * online again; returns what gives it up.
   */
  whenThere(begin: (part: Value) => void): () => void;
}

/**
 * Loads nothing before it is asked for; `failed` hears of each failure, and with `life` trying again
 * ends. For Fanfare's own packages.
 */
export function part<Value>(
  load: () => Promise<Value>,
  failed: (error: FanfareError) => void,
  life?: AbortSignal,
): Part<Value> {
  const waiting = new Set<(part: Value) => void>();
  let loading: Promise<Value> | null = null;
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const there = (value: Value): Value => {
    clearTimeout(timer);
    waiting.forEach((begin) => {
      begin(value);
    });
    waiting.clear();
    return value;
  };
  const again = () => {
    if (waiting.size > 0 && !life?.aborted) now().catch(() => {});
  };
  const lost = (cause: unknown): never => {
    const error = unreachable(0, cause);
    loading = null;
    plan(again, delay(error, failures++) * 1000);
    globalThis.addEventListener?.("online", again, life && { signal: life });
    failed(error);
    throw error;
  };
  const plan = (next: () => void, milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(next, milliseconds);
  };
  const attempt = () =>
    new Promise<Value>((resolve, reject) => {
      plan(reject, LATE);
      load().then(resolve, reject);
    });
  const now = () => {
    loading ??= attempt().then(there, lost);
    return loading;
  };
  return {
    now,
    whenThere(begin) {
      waiting.add(begin);
      now().then(there, () => {});
      return () => waiting.delete(begin);
    },
  };
}
