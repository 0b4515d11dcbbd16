'use strict'

const { basename } = require('node:path')
const { post } = require('../webhooks')

const NAME = 'medusa-plugin-fanfare'

/** What each event of Medusa's is called at Fanfare, which reads again what it names. */
const TYPES = {
  'order.placed': 'order.placed',
  'order.updated': 'order.updated',
  'order.canceled': 'order.canceled',
  'payment.captured': 'order.updated',
  'payment.refunded': 'order.updated',
  'product.created': 'product.changed',
  'product.updated': 'product.changed',
  'product.deleted': 'product.changed',
  'product-variant.created': 'product.changed',
  'product-variant.updated': 'product.changed',
  'product-variant.deleted': 'product.changed',
}

/** Medusa names payments and variants in their events; Fanfare wants what they belong to. */
const OWNERS = {
  payment: ['payment_collection.order.id', found => found.payment_collection?.order?.id],
  'product-variant': ['product_id', found => found.product_id],
}

async function subject(container, [kind], id) {
  if (!(kind in OWNERS)) return id
  const [field, owner] = OWNERS[kind]
  const { data } = await container.resolve('query').graph({
    entity: kind.replace('-', '_'),
    fields: [field],
    filters: { id },
    withDeleted: true,
  })
  return data.length ? owner(data[0]) : undefined
}

/** The `options` beside this plugin's name in medusa-config, which Medusa hands to no subscriber. */
function options(container) {
  const { plugins = [] } = container.resolve('configModule')
  const given = plugins.find(each => basename(each.resolve ?? '') === NAME)?.options ?? {}
  return given.endpoint?.() ?? given
}

async function tell({ event, container }) {
  const { url, secret } = options(container)
  if (!url || !secret) return
  const id = await subject(container, event.name.split('.'), event.data.id)
  if (id) await post(url, secret, TYPES[event.name], { id })
}

module.exports = { default: tell, config: { event: Object.keys(TYPES), context: { subscriberId: 'fanfare' } } }
