'use strict'

const { timingSafeEqual, createHash } = require('node:crypto')
const { Inject } = require('@nestjs/common')
const { Args, Mutation, Resolver } = require('@nestjs/graphql')
const {
  Allow, Ctx, CustomerService, Order, OrderService, Permission, SessionService, Transaction,
  TransactionalConnection,
} = require('@vendure/core')

const digest = text => createHash('sha256').update(text).digest()

/** Gives the order that the connector prepared to the session of the shopper who names it. */
class TakeOverResolver {
  constructor(connection, orders, sessions, customers) {
    Object.assign(this, { connection, orders, sessions, customers })
  }

  async takeOverFanfareOrder(ctx, { code, handle }) {
    const order = await this.connection.getRepository(ctx, Order).findOne({
      where: { code, active: true },
      relations: { customer: { user: true } },
    })
    const expected = order?.customFields.fanfareHandle
    if (!expected || !timingSafeEqual(digest(expected), digest(handle))) return null
    if (isOfSomebodyElse(ctx, order)) return null

    await this.sessions.setActiveOrder(ctx, ctx.session, order)
    if (ctx.activeUserId && !order.customer) {
      const customer = await this.customers.findOneByUserId(ctx, ctx.activeUserId)
      if (customer) await this.orders.addCustomerToOrder(ctx, order.id, customer)
    }
    return this.orders.findOne(ctx, order.id)
  }
}

/** Whether another shopper has put their name on it, whom a forwarded link must not expose. */
function isOfSomebodyElse(ctx, order) {
  if (!order.customer || ctx.session.activeOrderId === order.id) return false
  return !ctx.activeUserId || order.customer.user?.id !== ctx.activeUserId
}

const method = [TakeOverResolver.prototype, 'takeOverFanfareOrder']
const descriptor = Object.getOwnPropertyDescriptor(...method)
Transaction()(...method, descriptor)
Mutation()(...method, descriptor)
Allow(Permission.Owner)(...method, descriptor)
Ctx()(...method, 0)
Args()(...method, 1)
Inject(TransactionalConnection)(TakeOverResolver, undefined, 0)
Inject(OrderService)(TakeOverResolver, undefined, 1)
Inject(SessionService)(TakeOverResolver, undefined, 2)
Inject(CustomerService)(TakeOverResolver, undefined, 3)
Resolver()(TakeOverResolver)

module.exports = { TakeOverResolver }
