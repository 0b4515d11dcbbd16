"""Orders as a merchant's back end reports, reads and cancels them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from integration.engine.orders import OrderState
from integration.engine.participations import Refusal
from integration.kernel.errors import Conflict, required
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import consumers, inbox, named, orders, outbox, settlements
from integration.store.db import Transaction
from integration.store.job_queue import Job
from integration.store.models import Order
from integration.store.named import Named
from integration.store.orders import Filter, Kept
from integration.store.rows import Slice


class OrderStep(Conflict):
    """Orders only go forward."""

    code = "ORDER_STATE"
    message = "An order that was refunded stays so."


def report(rt: Runtime, tenant: Tenant, body: dict[str, Any]) -> Kept:
    """Keep a reported order, and have it complete its admission soon; the first report stays.

    The order and the notice to act on it commit together. Raises ``NotFound`` for a consumer
    or distribution that is not this merchant's.
    """
    claim = _claim(rt, tenant, body["admission_token"])
    with rt.transaction() as tx:
        kept = orders.report(tx.session, tenant, _values(tx, tenant, body))
        if kept.created:
            _act_on(rt, tx, tenant, kept.order, claim)
    return kept


def get(rt: Runtime, tenant: Tenant, order_id: str) -> Order:
    """Return an order, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return required(orders.find(tx.session, tenant, order_id), "Order")


def page(rt: Runtime, tenant: Tenant, part: Slice, wanted: Filter) -> Sequence[Order]:
    """Return a part of the list."""
    with rt.transaction() as tx:
        return orders.page(tx.session, tenant, part, wanted)


def undo(rt: Runtime, tenant: Tenant, order_id: str, to: OrderState, expected: int | None) -> Order:
    """Cancel or refund an order; being so already changes nothing. Raises ``OrderStep``."""
    with rt.transaction() as tx:
        known = required(orders.find(tx.session, tenant, order_id), "Order")
        undone = settlements.undo(tx.session, tenant, known, to, expected=expected)
        order = required(undone.order, "Order")
        if order.status != to:
            raise OrderStep
        outbox.wake(tx, rt.jobs, undone.endpoints)
        return order


class _Claim(NamedTuple):
    """The admission that a report says it is for, or why that cannot be one."""

    admission_id: str | None = None
    refusal: str | None = None


def _claim(rt: Runtime, tenant: Tenant, token: str | None) -> _Claim:
    if token is None:
        return _Claim()
    admission_id = named.admission_id(rt.keyring, tenant, Named(token=token))
    if admission_id is None:
        return _Claim(refusal=Refusal.BAD_SIGNATURE.value)
    return _Claim(admission_id)


def _values(tx: Transaction, tenant: Tenant, body: dict[str, Any]) -> dict[str, Any]:
    consumer = required(consumers.find(tx.session, tenant, body["consumer_id"]), "Consumer")
    usual = required(
        orders.currency_of(tx.session, tenant, body["distribution_id"]), "Distribution"
    )
    currency = body["currency_code"] or usual
    return {
        "external_order_id": body["external_order_id"],
        "consumer_id": consumer.id,
        "distribution_id": body["distribution_id"],
        "status": body["status"],
        "total_amount": orders.exact("totalAmount", body["total_amount"], currency),
        "currency_code": currency,
        "line_items": [
            {**line, "price": _text(f"lineItems.{place}.price", line["price"], currency)}
            for place, line in enumerate(body["line_items"])
        ],
    }


def _act_on(rt: Runtime, tx: Transaction, tenant: Tenant, order: Order, claim: _Claim) -> None:
    payload = {"order_id": order.id, **claim._asdict()}
    ref, topic = order.external_order_id, inbox.REPORTED
    notice_id = inbox.add(tx.session, tenant, inbox.ORDERS, ref, topic=topic, payload=payload)
    if notice_id is not None:
        tx.then(lambda: rt.jobs.enqueue(Job.SETTLE_ORDERS, **tenant._asdict()))
    outbox.wake(tx, rt.jobs, orders.tell(tx.session, tenant, order.id, "created"))


def _text(field: str, amount: Decimal | None, currency: str) -> str | None:
    return None if amount is None else str(orders.exact(field, amount, currency))
