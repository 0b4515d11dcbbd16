'use strict'

const { VendurePlugin, PluginCommonModule, LanguageCode } = require('@vendure/core')
const { parse } = require('graphql')
const { TakeOverResolver } = require('./orders')
const { Webhooks, backoffStrategy } = require('./webhooks')

/**
 * Hands winners over to their order, and posts signed webhooks about orders and products.
 *
 *     plugins: [FanfarePlugin.init({ url: '…/webhooks/vendure/conn_…', secret: 'whsec_…' })]
 *
 * `secret` may be a list while it is being changed: each one signs. In place of the object a
 * function may be given; it is asked before each delivery. Without a url nothing is posted.
 */
class FanfarePlugin {
  static init(endpoint) {
    Webhooks.endpoint = typeof endpoint === 'function' ? endpoint : () => endpoint
    return FanfarePlugin
  }
}

const handle = {
  name: 'fanfareHandle',
  type: 'string',
  length: 255,
  nullable: true,
  // Public, since the connector sets it through the Shop API; Fanfare trusts the order's code.
  public: true,
  readonly: false,
  label: [{ languageCode: LanguageCode.en, value: 'Fanfare handle' }],
}

VendurePlugin({
  imports: [PluginCommonModule],
  providers: [Webhooks],
  compatibility: '^3.6.0',
  shopApiExtensions: {
    schema: parse(`
      extend type Mutation {
        "Make the order that was prepared for this shopper their active order; null if there is none."
        takeOverFanfareOrder(code: String!, handle: String!): Order
      }
    `),
    resolvers: [TakeOverResolver],
  },
  configuration: config => {
    config.customFields.Order = [...(config.customFields.Order ?? []), handle]
    return config
  },
})(FanfarePlugin)

module.exports = { FanfarePlugin, backoffStrategy }
