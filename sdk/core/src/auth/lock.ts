/** One at a time, in all tabs of this origin. */

import { ulid } from "../ground/fingerprint.js";
import type { Shelf } from "../ground/shelf.js";

export type Lock = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Longer than any work takes; a tab that was frozen with the lock in hand is then passed by. */
const PATIENCE = 25_000;

export function makeLock(name: string, shelf: Shelf, life: AbortSignal): Lock {
  const locks = globalThis.navigator?.locks;
  return locks
    ? (work) => byWebLock(locks, name, work, life)
    : (work) => byLease(name, shelf, work);
}

async function byWebLock<Value>(
  locks: LockManager,
  name: string,
  work: () => Promise<Value>,
  life: AbortSignal,
): Promise<Value> {
  const waiting = new AbortController();
  const giveUp = () => waiting.abort();
  const patience = setTimeout(giveUp, PATIENCE);
  life.addEventListener("abort", giveUp, { signal: waiting.signal });
  let begun = false;
  try {
    return await locks.request(name, { signal: waiting.signal }, () => {
      begun = true;
      clearTimeout(patience);
      return work();
    });
  } catch (error) {
    if (begun || life.aborted) {
      throw error;
    }
    return await work();
  } finally {
    clearTimeout(patience);
    giveUp();
  }
}

/** Where a browser has no Web Locks: a note in localStorage that runs out. */
async function byLease<Value>(
  name: string,
  shelf: Shelf,
  work: () => Promise<Value>,
): Promise<Value> {
  const key = `${name}.lock`;
  const mine = ulid();
  const held = () => (shelf.get(key) ?? "").split(" ");
  const until = Date.now() + PATIENCE;
  while (Date.now() < until && held()[0] !== mine) {
    const [holder, end] = held();
    if (!holder || Number(end) < Date.now()) {
      shelf.set(key, `${mine} ${Date.now() + PATIENCE}`);
    }
    // Two that wrote at once read here which of them was last.
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 40));
  }
  try {
    return await work();
  } finally {
    if (held()[0] === mine) {
      shelf.set(key, null);
    }
  }
}
