import { hmacHex } from './sha256.js'

const PASS = /^v1\.([0-9]{1,20})\.([0-9]{1,6})\.([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2})\.([0-9a-f]{64})$/

/** Whether a pass was made for this handle with one of the keys, and is for all that is wanted. */
export function admits(pass, { handle, wanted, now, keys }) {
  const found = PASS.exec(pass)
  if (!found) return false
  const [, variant, quantity, ends, mac] = found
  const fits = [...wanted].every(([each, count]) => each === variant && count <= Number(quantity))
  const text = `v1|${handle}|${variant}|${quantity}|${ends}`
  return fits && now <= ends && keys.some((key) => same(hmacHex(key, text), mac))
}

function same(ours, theirs) {
  let difference = 0
  for (let i = 0; i < ours.length; i += 1) difference |= ours.charCodeAt(i) ^ theirs.charCodeAt(i)
  return difference === 0
}
