'use strict'

require('reflect-metadata')
const fs = require('node:fs')
const {
  DefaultJobQueuePlugin,
  DefaultLogger,
  LogLevel,
  dummyPaymentHandler,
} = require('@vendure/core')
const { FanfarePlugin, backoffStrategy } = require('../../../connectors/vendure/plugin')

const { SHOP_DATABASE, SHOP_PASSWORD, SHOP_WEBHOOK_FILE } = process.env

module.exports.config = {
  logger: new DefaultLogger({ level: LogLevel.Warn }),
  apiOptions: {
    hostname: '127.0.0.1',
    port: 0,
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
  },
  authOptions: {
    tokenMethod: ['bearer', 'cookie', 'api-key'],
    requireVerification: false,
    superadminCredentials: { identifier: 'root', password: SHOP_PASSWORD },
    cookieOptions: { secret: SHOP_PASSWORD },
  },
  dbConnectionOptions: {
    type: 'postgres',
    synchronize: true,
    logging: false,
    extra: { max: 5 },
    ...JSON.parse(SHOP_DATABASE),
  },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  importExportOptions: { importAssetsDir: __dirname },
  plugins: [
    DefaultJobQueuePlugin.init({
      backoffStrategy,
      pollInterval: queue => (queue === 'fanfare-webhooks' ? 100 : 5000),
    }),
    FanfarePlugin.init(() => JSON.parse(fs.readFileSync(SHOP_WEBHOOK_FILE, 'utf8'))),
  ],
}
