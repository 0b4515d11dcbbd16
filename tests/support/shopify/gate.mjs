// Runs the checkout Function as Shopify would, on inputs that come line by line.

import { pathToFileURL } from 'node:url'
import { serve } from './lines.mjs'

const source = pathToFileURL(`${process.argv[2]}/`)
const [run, sha256] = ['run.js', 'sha256.js'].map((name) => String(new URL(name, source)))

// What Node has and Shopify's runtime may not have.
for (const name of ['TextEncoder', 'TextDecoder', 'crypto', 'Buffer', 'atob', 'btoa', 'fetch']) {
  delete globalThis[name]
}

const { cartValidationsGenerateRun } = await import(run)
const { hmacHex } = await import(sha256)

await serve({ run: cartValidationsGenerateRun, hmac: hmacHex })
