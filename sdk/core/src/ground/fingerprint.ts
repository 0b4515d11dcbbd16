/** A random name for this device, so that one device's entries can be counted. */
import type { Shelf } from "./shelf.js";

const KEY = "fanfare.device";
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** The one that this browser keeps; a new one the first time. */
export function fingerprint(shelf: Shelf): string {
  const kept = shelf.get(KEY) ?? "";
  if (/^fp_\w{26}$/.test(kept)) {
    return kept;
  }
  const made = `fp_${ulid()}`;
  shelf.set(KEY, made);
  // Read again: two tabs may have begun at once.
  return shelf.get(KEY) ?? made;
}

export function ulid(): string {
  let time = Date.now();
  let text = "";
  for (let place = 0; place < 10; place++) {
    text = ALPHABET.charAt(time % 32) + text;
    time = Math.floor(time / 32);
  }
  for (const byte of crypto.getRandomValues(new Uint8Array(16))) {
    text += ALPHABET.charAt(byte % 32);
  }
  return text;
}
