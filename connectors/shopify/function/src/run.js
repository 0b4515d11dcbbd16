import { admits } from './pass.js'

const REFUSAL = {
  message: 'This item is sold by invitation. Enter through the launch page to buy it.',
  target: '$.cart',
}

/**
 * Refuse a cart that holds more of a gated variant than its pass allows.
 *
 * There is no network here, so that a pass was used before shows on the order alone.
 */
export function cartValidationsGenerateRun(input) {
  const gate = gateOf(input.validation)
  const wanted = gatedQuantities(input.cart.lines, gate.variants)
  const pass = input.cart.pass?.value ?? ''
  const handle = input.cart.handle?.value ?? ''
  const now = hourOf(input.shop.localTime)
  const refused = wanted.size > 0 && !admits(pass, { handle, wanted, now, keys: gate.keys })
  return { operations: refused ? [{ validationAdd: { errors: [REFUSAL] } }] : [] }
}

/** What the connector has written down for us: its keys, and what is gated. */
function gateOf(validation) {
  const { keys = [], variants = [] } = JSON.parse(validation.gate?.value ?? '{}')
  return { keys, variants: new Set(variants) }
}

/** How many of each gated variant are in the cart, over all of its lines. */
function gatedQuantities(lines, gated) {
  const wanted = new Map()
  for (const { quantity, merchandise } of lines) {
    const variant = merchandise.id?.split('/').pop()
    if (gated.has(variant)) wanted.set(variant, (wanted.get(variant) ?? 0) + quantity)
  }
  return wanted
}

/** The shop's date and the last even hour that has passed there, such as 2026-11-20T14. */
function hourOf({ date, ...after }) {
  const passed = Object.keys(after).filter((name) => after[name])
  const hour = passed.map((name) => name.slice(-2)).sort().pop() ?? '00'
  return `${date}T${hour}`
}
