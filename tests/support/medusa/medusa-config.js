// A Medusa as the tests run it: our plugin, the embedded Postgres, nothing else.
'use strict'

const { readFileSync } = require('node:fs')
const { defineConfig } = require('@medusajs/framework/utils')

const env = process.env

module.exports = defineConfig({
  admin: { disable: true },
  plugins: [
    {
      resolve: 'medusa-plugin-fanfare',
      options: { endpoint: () => JSON.parse(readFileSync(env.SHOP_WEBHOOK_FILE)) },
    },
  ],
  projectConfig: {
    databaseUrl: env.DATABASE_URL,
    databaseDriverOptions: { ssl: false, connection: { ssl: false } },
    http: {
      storeCors: 'http://localhost:8000',
      adminCors: 'http://localhost:9000',
      authCors: 'http://localhost:9000',
      jwtSecret: 'only-for-tests-0123456789abcdef',
      cookieSecret: 'only-for-tests-0123456789abcdef',
    },
  },
})
