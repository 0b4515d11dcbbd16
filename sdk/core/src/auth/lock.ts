/** One at a time, in all tabs of this origin. */

import { pause } from "../ground/backoff.js";
import { ulid } from "../ground/fingerprint.js";
import type { Shelf } from "../ground/shelf.js";

export type Lock = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Longer than any work takes; a tab that was frozen with the lock in hand is then passed by. */
const PATIENCE = 25_000;

export function makeLock(name: string, shelf: Shelf): Lock {
  const locks = globalThis.navigator?.locks;
  return locks ? byWebLock(locks, name) : byLease(`${name}.lock`, shelf);
}

function byWebLock(locks: LockManager, name: string): Lock {
  return async (work) => {
    let begun = false;
    const begin = () => {
      begun = true;
      return work();
    };
    try {
      return await locks.request(name, { signal: AbortSignal.timeout(PATIENCE) }, begin);
    } catch (error) {
      if (begun) {
        throw error;
      }
      return begin();
    }
  };
}

/** Where a browser has no Web Locks: a note in localStorage that runs out. */
function byLease(key: string, shelf: Shelf): Lock {
  return async (work) => {
    const mine = ulid();
    const until = Date.now() + PATIENCE;
    const held = () => shelf.get(key)?.split(" ") ?? [];
    while (Date.now() < until && held()[0] !== mine) {
      if (!(Number(held()[1]) > Date.now())) {
        shelf.set(key, `${mine} ${Date.now() + PATIENCE}`);
      }
      // Two that wrote at once read here which of them was last.
      await pause(20 + Math.random() * 40);
    }
    try {
      return await work();
    } finally {
      if (held()[0] === mine) {
        shelf.set(key, null);
      }
    }
  };
}
