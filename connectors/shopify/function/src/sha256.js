// SHA-256 (FIPS 180-4) and HMAC (RFC 2104): Functions run without any crypto of their own.

const BLOCK = 64
const PRIMES = primes(64)
const START = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)))
const ROUND = PRIMES.map((prime) => fraction(Math.cbrt(prime)))

/** The HMAC of a text, as hexadecimal; the key is hexadecimal too, of 64 bytes at most. */
export function hmacHex(key, text) {
  const padded = new Uint8Array(BLOCK)
  padded.set(key.match(/../g).map((pair) => parseInt(pair, 16)))
  const inner = sha256([...padded.map((byte) => byte ^ 0x36), ...utf8(text)])
  const outer = sha256([...padded.map((byte) => byte ^ 0x5c), ...inner])
  return outer.map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A text's bytes; one that has none, such as half a character, is an error. */
function utf8(text) {
  const parts = encodeURIComponent(text).matchAll(/%(..)|(.)/g)
  return Array.from(parts, ([, hex, plain]) => (hex ? parseInt(hex, 16) : plain.charCodeAt(0)))
}

/** The digest of some bytes, as bytes. */
export function sha256(bytes) {
  let state = START
  const message = padded(bytes)
  for (let at = 0; at < message.length; at += BLOCK) {
    state = compressed(state, message.slice(at, at + BLOCK))
  }
  return state.flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255])
}

function padded(bytes) {
  const zeros = (((55 - bytes.length) % BLOCK) + BLOCK) % BLOCK
  const bits = bytes.length * 8
  const length = [0, 0, 0, 0, bits >>> 24, (bits >>> 16) & 255, (bits >>> 8) & 255, bits & 255]
  return [...bytes, 0x80, ...new Array(zeros).fill(0), ...length]
}

function compressed(state, block) {
  const words = schedule(block)
  let [a, b, c, d, e, f, g, h] = state
  for (let i = 0; i < 64; i += 1) {
    const first = (h + sum(e, 6, 11, 25) + ((e & f) ^ (~e & g)) + ROUND[i] + words[i]) | 0
    const second = (sum(a, 2, 13, 22) + ((a & b) ^ (a & c) ^ (b & c))) | 0
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0]
  }
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + state[i]) | 0)
}

function schedule(block) {
  const words = []
  for (let i = 0; i < BLOCK; i += 4) {
    words.push((block[i] << 24) | (block[i + 1] << 16) | (block[i + 2] << 8) | block[i + 3])
  }
  for (let i = 16; i < 64; i += 1) {
    const [early, late] = [words[i - 15], words[i - 2]]
    const first = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3)
    const second = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10)
    words.push((words[i - 16] + first + words[i - 7] + second) | 0)
  }
  return words
}

function sum(word, ...turns) {
  return turns.reduce((total, by) => total ^ turned(word, by), 0)
}

function turned(word, by) {
  return (word >>> by) | (word << (32 - by))
}

function primes(count) {
  const found = []
  for (let n = 2; found.length < count; n += 1) {
    if (found.every((prime) => n % prime !== 0)) found.push(n)
  }
  return found
}

/** The first 32 bits of what stands behind the point. */
function fraction(number) {
  return ((number - Math.floor(number)) * 2 ** 32) | 0
}
