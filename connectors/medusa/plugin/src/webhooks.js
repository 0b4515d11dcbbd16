'use strict'

const { createHmac, randomUUID } = require('node:crypto')
const { setTimeout: pause } = require('node:timers/promises')

const TRIES = 7
const FIRST_PAUSE_MS = 1000
const TIMEOUT_MS = 10_000

/**
 * Posts one notice in the Standard Webhooks form; whatever is not 2xx is tried again for a minute,
 * under the same id. Then it is dropped: Fanfare finds the order by its own look at the shop's list.
 */
async function post(url, secret, type, data) {
  const id = randomUUID()
  const body = JSON.stringify({ id, type, created_at: new Date().toISOString(), data })
  for (let tried = 0; tried < TRIES; tried++) {
    if (tried) await pause(FIRST_PAUSE_MS * 2 ** (tried - 1))
    if (await taken(url, secret, id, body)) return
  }
}

async function taken(url, secret, id, body) {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const signed = [secret].flat().map(key => sign(key, `${id}.${timestamp}.${body}`)).join(' ')
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signed,
      },
    })
    return response.ok
  } catch {
    return false
  }
}

function sign(secret, text) {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret
  return 'v1,' + createHmac('sha256', key).update(text).digest('base64')
}

module.exports = { post }
