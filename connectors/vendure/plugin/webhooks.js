'use strict'

const { createHmac, randomUUID } = require('node:crypto')
const { Inject, Injectable } = require('@nestjs/common')
const {
  ConfigService, EventBus, JobQueueService, Logger, Order, OrderStateTransitionEvent, ProductEvent,
  ProductVariantEvent, ProductVariantPriceEvent, TransactionalConnection,
} = require('@vendure/core')

const QUEUE = 'fanfare-webhooks'
const TRIES = 20
const TIMEOUT_MS = 10_000
// Still a cart: nothing that Fanfare needs to hear about.
const UNPLACED = new Set(['Created', 'Draft', 'AddingItems', 'ArrangingPayment'])
const TYPES = { PaymentAuthorized: 'order.placed', PaymentSettled: 'order.paid', Cancelled: 'order.cancelled' }

/** For `DefaultJobQueuePlugin.init({ backoffStrategy })`: 1 s, doubling up to an hour, for ours. */
function backoffStrategy(queueName, attempts) {
  return queueName === QUEUE ? Math.min(1000 * 2 ** (attempts - 1), 3_600_000) : 1000
}

/**
 * Keeps each notice as a job in the transaction of its change, then delivers it until it is taken.
 *
 * The job holds the body, so that every attempt sends the same bytes under the same id.
 */
class Webhooks {
  static endpoint = () => ({})

  constructor(events, connection, jobs, config) {
    Object.assign(this, { events, connection, jobs, config })
  }

  async onApplicationBootstrap() {
    this.queue = await this.jobs.createQueue({ name: QUEUE, process: job => deliver(job.data) })
    this.events.registerBlockingEventHandler({
      id: 'fanfare-order',
      event: OrderStateTransitionEvent,
      handler: event => this.carefully(() => this.orderMoved(event)),
    })
    this.events.registerBlockingEventHandler({
      id: 'fanfare-product',
      event: [ProductEvent, ProductVariantEvent, ProductVariantPriceEvent],
      handler: event => this.carefully(() => this.productChanged(event)),
    })
  }

  /** A notice that cannot be kept must not keep the shop from taking the order. */
  async carefully(work) {
    try {
      await work()
    } catch (error) {
      Logger.error(`a webhook was not kept: ${error.message}`, 'Fanfare', error.stack)
    }
  }

  async orderMoved({ ctx, order, toState }) {
    if (UNPLACED.has(toState)) return
    const now = await this.connection.getRepository(ctx, Order).findOne({
      where: { id: order.id },
      relations: { lines: { productVariant: true }, customer: true },
    })
    await this.keep(ctx, TYPES[toState] ?? 'order.updated', {
      id: now.id,
      code: now.code,
      state: toState,
      updatedAt: now.updatedAt,
      placedAt: now.orderPlacedAt,
      customFields: now.customFields,
      currency: now.currencyCode,
      total: now.totalWithTax,
      precision: this.config.entityOptions.moneyStrategy.precision ?? 2,
      customer_email: now.customer?.emailAddress ?? null,
      lines: now.lines.map(line => ({
        variantId: line.productVariant.id,
        sku: line.productVariant.sku,
        quantity: line.quantity,
        price: line.proratedUnitPriceWithTax,
      })),
    })
  }

  async productChanged(event) {
    const changed = [event.entity].flat()
    const ids = event instanceof ProductEvent
      ? changed.map(product => product.id)
      : changed.map(it => it.productId ?? it.variant?.productId)
    for (const id of new Set(ids.filter(Boolean))) {
      await this.keep(event.ctx, 'product.changed', { id })
    }
  }

  async keep(ctx, type, data) {
    if (!Webhooks.endpoint().url) return
    const id = randomUUID()
    const body = JSON.stringify({ id, type, created_at: new Date().toISOString(), data })
    await this.queue.add({ id, body }, { retries: TRIES, ctx })
  }
}

/** Posts one body, signed in the Standard Webhooks form; whatever is not 2xx is tried again. */
async function deliver({ id, body }) {
  const { url, secret } = Webhooks.endpoint()
  const timestamp = String(Math.floor(Date.now() / 1000))
  const response = await fetch(url, {
    method: 'POST',
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': [secret].flat().map(key => sign(key, `${id}.${timestamp}.${body}`)).join(' '),
    },
  })
  if (!response.ok) throw new Error(`Fanfare answered ${response.status}`)
  Logger.verbose(`${id} delivered`, 'Fanfare')
}

function sign(secret, text) {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : secret
  return 'v1,' + createHmac('sha256', key).update(text).digest('base64')
}

Inject(EventBus)(Webhooks, undefined, 0)
Inject(TransactionalConnection)(Webhooks, undefined, 1)
Inject(JobQueueService)(Webhooks, undefined, 2)
Inject(ConfigService)(Webhooks, undefined, 3)
Injectable()(Webhooks)

module.exports = { Webhooks, backoffStrategy }
