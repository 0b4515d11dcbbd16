// Shopify's own library for Node, asked line by line what it thinks of a case.

import { createRequire } from 'node:module'
import path from 'node:path'
import { serve } from './lines.mjs'

const [modules, apiKey, apiSecretKey] = process.argv.slice(2)
const require = createRequire(path.join(modules, 'any.js'))
require('@shopify/shopify-api/adapters/node')
const { shopifyApi, ApiVersion } = require('@shopify/shopify-api')
const { setAbstractFetchFunc } = require('@shopify/shopify-api/runtime')
const inside = path.join(modules, '@shopify/shopify-api/dist/cjs')
const { generateLocalHmac } = require(path.join(inside, 'lib/utils/hmac-validator.js'))
const { createSHA256HMAC } = require(path.join(inside, 'runtime/crypto/utils.js'))
const { SignJWT } = await import(path.join(modules, 'jose/dist/node/esm/index.js'))

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36'
const CALLBACK = '/oauth/shopify/conn_1'
const TOKENS = { access_token: 'shpat_1', refresh_token: 'shprt_1', expires_in: 3600 }

const shopify = shopifyApi({
  apiKey,
  apiSecretKey,
  apiVersion: ApiVersion.October26,
  hostName: 'fanfare.example',
  isEmbeddedApp: false,
  logger: { level: 0 },
  scopes: ['read_products', 'read_orders'],
})

const isFine = (work) => work.then(Boolean, () => false)
const queryOf = (text) => Object.fromEntries(new URLSearchParams(text).entries())

function response() {
  const headers = {}
  return {
    headers,
    getHeaders: () => headers,
    setHeader: (name, value) => { headers[name] = value },
    write: () => {},
    end: () => {},
  }
}

/** Begin an installation: where the merchant is sent, and the cookies that remember it. */
async function begin(shop) {
  const rawResponse = response()
  const rawRequest = { method: 'GET', url: '/begin', headers: { 'User-Agent': BROWSER } }
  const asked = { shop, callbackPath: CALLBACK, isOnline: false, rawRequest, rawResponse }
  await shopify.auth.begin(asked)
  const cookies = [rawResponse.headers['Set-Cookie']].flat().map((each) => each.split(';')[0])
  return { url: rawResponse.headers.Location, cookies: cookies.join('; ') }
}

/** Finish one: what is asked of the token endpoint, or null where the query is refused. */
async function finish(query, cookies) {
  const asked = []
  setAbstractFetchFunc(async (url, { method, body }) => {
    asked.push({ url: String(url), method, body: JSON.parse(body) })
    return new Response(JSON.stringify({ ...TOKENS, scope: 'read_products' }), { status: 200 })
  })
  const headers = { 'User-Agent': BROWSER, Cookie: cookies }
  const rawRequest = { method: 'GET', url: `${CALLBACK}?${query}`, headers }
  const called = shopify.auth.callback({ rawRequest, rawResponse: response(), expiring: true })
  return (await isFine(called)) ? asked[0] : null
}

await serve({
  begin,
  finish,
  signQuery: (text) => generateLocalHmac({ apiSecretKey })(queryOf(text)),
  trustsQuery: (text) => isFine(shopify.utils.validateHmac(queryOf(text))),
  signBody: (body) => createSHA256HMAC(apiSecretKey, body, 'base64'),
  trustsWebhook: (headers, rawBody) => {
    const rawRequest = { method: 'POST', url: '/webhooks', headers }
    return shopify.webhooks
      .validate({ rawBody, rawRequest, rawResponse: response() })
      .then((found) => found.valid)
  },
  signSession: (claims) => {
    const secret = new TextEncoder().encode(apiSecretKey)
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret)
  },
  trustsSession: (token) => isFine(shopify.session.decodeSessionToken(token)),
  trustsShop: (shop) => shopify.utils.sanitizeShop(shop) !== null,
})
