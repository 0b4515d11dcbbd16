// Runs the checkout Function as Shopify would, on inputs that come line by line.

import { pathToFileURL } from 'node:url'
import { serve } from './lines.mjs'

const source = pathToFileURL(`${process.argv[2]}/`)
const { cartValidationsGenerateRun } = await import(new URL('run.js', source))
const { hmacHex } = await import(new URL('sha256.js', source))

await serve({ run: cartValidationsGenerateRun, hmac: hmacHex })
