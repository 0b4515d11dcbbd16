/**
 * The built-in bot check: ALTCHA's proof of work, version 2, by PBKDF2.
 *
 * WebCrypto derives keys off the page's thread, so that the page goes on meanwhile; a worker
 * file would have to be let in by every merchant's Content Security Policy.
 */

export interface WorkChallenge {
  readonly parameters: {
    readonly algorithm: string;
    readonly nonce: string;
    readonly salt: string;
    readonly cost: number;
    readonly keyLength: number;
    readonly keyPrefix: string;
  };
  readonly signature: string;
}

/** Keys derived before the page gets its turn. */
const AT_ONCE = 24;
const HASHES = ["SHA-256", "SHA-384", "SHA-512"];

/** The solved challenge as `challenge` of a route takes it; rejects once `signal` is aborted. */
export async function solve(challenge: WorkChallenge, signal?: AbortSignal): Promise<string> {
  const { keyPrefix } = challenge.parameters;
  const derive = deriver(challenge);
  for (let first = 0; ; first += AT_ONCE) {
    signal?.throwIfAborted();
    const keys = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, step) => derive(first + step)),
    );
    const found = keys.findIndex((key) => key.startsWith(keyPrefix));
    const derivedKey = keys[found];
    if (derivedKey)
      return btoa(JSON.stringify({ challenge, solution: { counter: first + found, derivedKey } }));
    await nextTurn();
  }
}

function deriver({ parameters }: WorkChallenge): (counter: number) => Promise<string> {
  const [, hash = ""] = parameters.algorithm.split("/");
  if (!HASHES.includes(hash)) throw new TypeError(`Unknown algorithm ${parameters.algorithm}`);
  const salt = bytesOf(parameters.salt);
  const nonce = bytesOf(parameters.nonce);
  const how = { name: "PBKDF2", hash, salt, iterations: parameters.cost };
  return async (counter) => {
    const password = new Uint8Array(nonce.length + 4);
    password.set(nonce);
    new DataView(password.buffer).setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    return hexOf(await crypto.subtle.deriveBits(how, key, parameters.keyLength * 8));
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function hexOf(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
