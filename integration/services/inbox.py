"""What shops and merchants report: kept at once, acted on exactly once (style.md, rule 4)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any, NamedTuple

from connectors.records import (
    CustomerErased,
    Interpretation,
    News,
    Notice,
    OrderChanged,
    OrderRecord,
    OrderStatus,
    ProductChanged,
    ShopLeft,
)
from integration.engine.orders import UNDONE, Completion, OrderState, Rejection
from integration.engine.participations import Refusal
from integration.kernel.acting import Actor, act_as
from integration.kernel.errors import FanfareError, NotFound
from integration.kernel.heartbeat import beating
from integration.kernel.redaction import scrub
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    distributions,
    handoffs,
    inbox,
    orders,
    outbox,
    settlements,
    shop_news,
    shop_orders,
)
from integration.store.admissions import Held
from integration.store.db import Transaction
from integration.store.job_queue import Job
from integration.store.models import Connection, Handoff, InboxNotice, Order

LEASE = timedelta(seconds=3)
BEAT_SECONDS = 1
"""A worker that dies is noticed after a lease; one that lives renews it."""


def receive(
    rt: Runtime, platform: str, connection_id: str, headers: Mapping[str, str], body: bytes
) -> None:
    """Keep a shop's webhook, once, and have it acted on; pings and repeats change nothing.

    Raises ``NotFound`` for an unknown connection, ``NoticeRefused`` for a forged webhook.
    """
    with rt.transaction() as tx:
        connection = inbox.connection(tx.session, connection_id)
    if connection is None or connection.platform != platform:
        raise NotFound("Connection")
    notice = rt.open_shop(connection).read_notice(headers, body)
    if notice is None:
        return
    tenant = _tenant(connection)
    with rt.transaction() as tx:
        source, topic, payload = connection.id, notice.topic, notice.payload
        notice_id = inbox.add(tx.session, tenant, source, notice.ref, topic=topic, payload=payload)
        if notice_id is not None:
            tx.then(lambda: rt.jobs.enqueue(Job.HANDLE_NOTICE, notice_id=notice_id))


def handle(rt: Runtime, notice_id: str) -> None:
    """Act on a notice, exactly once however often this is called.

    What fails is written down, to be tried again later, and raised.
    """
    with rt.transaction() as tx:
        notice = inbox.claim(tx.session, notice_id, LEASE)
    if notice is None:
        return
    tenant = _tenant(notice)
    who = "system:worker" if notice.source == inbox.ORDERS else notice.source
    actor = Actor(who, f"notice {notice.topic}")
    try:
        with beating(BEAT_SECONDS, lambda: _renew(rt, tenant, notice_id)), act_as(actor):
            _act(rt, tenant, notice)
    except Exception as error:
        again = error.retry_after if isinstance(error, FanfareError) else None
        with rt.transaction() as tx:
            inbox.failed(tx.session, tenant, notice.id, _problem(error), again)
        raise


def _renew(rt: Runtime, tenant: Tenant, notice_id: str) -> None:
    with rt.transaction() as tx:
        inbox.renew(tx.session, tenant, notice_id, LEASE)


def _act(rt: Runtime, tenant: Tenant, notice: InboxNotice) -> None:
    told = None if notice.source == inbox.ORDERS else _interpreted(rt, notice)
    with rt.transaction() as tx:
        if not inbox.lock_open(tx.session, tenant, notice.id):
            return
        if notice.source == inbox.ORDERS:
            wake = settlements.settle_reported(tx.session, tenant, notice.payload)
            outbox.wake(tx, rt.jobs, wake)
        elif isinstance(told, OrderChanged):
            wake = _take_over(tx, tenant, notice.source, told.order)
            outbox.wake(tx, rt.jobs, wake)
        elif told is not None:
            _take_news(rt, tx, tenant, notice.source, told)
        inbox.handled(tx.session, tenant, notice.id)


def _interpreted(rt: Runtime, notice: InboxNotice) -> Interpretation:
    """Ask what a shop's notice means; the shop itself may be asked."""
    with rt.transaction() as tx:
        connection = inbox.connection(tx.session, notice.source)
    if connection is None:
        return None
    kept = Notice(ref=notice.ref, topic=notice.topic, payload=notice.payload)
    return rt.open_shop(connection).interpret(kept)


def _take_news(rt: Runtime, tx: Transaction, tenant: Tenant, source: str, told: News) -> None:
    """Take over what is no order; whoever is forgotten is signed out."""
    match told:
        case ProductChanged():
            record = None if told.product is None else asdict(told.product)
            gone = shop_news.product_changed(tx.session, tenant, source, told.external_id, record)
        case CustomerErased():
            gone = shop_news.customer_erased(tx.session, rt.vault, tenant, source, told.external_id)
        case ShopLeft():
            gone = shop_news.shop_left(tx.session, rt.vault, tenant, source, erase=told.erase)
    outbox.wake(tx, rt.jobs, gone.endpoints)
    tx.then(lambda: rt.refuse_sessions(gone.sessions))


class _Join(NamedTuple):
    """The admission behind a shop's order, or why there is none."""

    held: Held | None
    reason: str


def _take_over(
    tx: Transaction, tenant: Tenant, connection_id: str, record: OrderRecord
) -> list[str]:
    """Keep an order as its shop tells of it, unless that is old news, and act on it."""
    if record.status is OrderStatus.OPEN:
        return []
    join = _join(tx, tenant, connection_id, record)
    known = _known(tx, tenant, connection_id, record)
    lines = {each.distribution_id for each in (join.held, known.order) if each is not None}
    for line in sorted(line for line in lines if line is not None):
        distributions.lock_line(tx.session, tenant, line)
    values = _values(connection_id, known.external_id, record)
    kept = shop_orders.take_over(tx.session, tenant, values)
    if kept is None:
        return []
    told = orders.tell(tx.session, tenant, kept.order.id, "created") if kept.created else []
    to = OrderState(record.status)
    if to not in UNDONE:
        return told + settlements.settle(tx.session, tenant, kept.order, join.held, join.reason)
    undone = settlements.undo(tx.session, tenant, kept.order, to, at=record.updated_at)
    return told + undone.endpoints


class _Known(NamedTuple):
    """The id that a shop's order has here, and the order, if it is known."""

    external_id: str
    order: Order | None


def _known(tx: Transaction, tenant: Tenant, connection_id: str, record: OrderRecord) -> _Known:
    order = orders.by_external_id(tx.session, tenant, record.external_id)
    if order is None or order.connection_id in {None, connection_id}:
        return _Known(record.external_id, order)
    # Another shop of this merchant counts its orders as this one does.
    own = f"{connection_id}:{record.external_id}"
    return _Known(own, orders.by_external_id(tx.session, tenant, own))


def _join(tx: Transaction, tenant: Tenant, connection_id: str, record: OrderRecord) -> _Join:
    """Find the admission: by our checkout's name in the shop, else by the handle, checked."""
    handoff = None
    if record.checkout_ref is not None:
        handoff = handoffs.by_external_ref(tx.session, tenant, connection_id, record.checkout_ref)
    if handoff is None and record.handle is not None:
        handoff = handoffs.by_handle(tx.session, tenant, connection_id, record.handle)
        wrong = None if handoff is None else _doubt(tx, tenant, handoff, record)
        if wrong is not None:
            return _Join(None, wrong)
    if handoff is None:
        return _Join(None, Rejection.NO_ADMISSION.value)
    held = admissions.find(tx.session, tenant, handoff.admission_id)
    return _Join(held, Rejection.NO_ADMISSION.value)


def _doubt(tx: Transaction, tenant: Tenant, handoff: Handoff, record: OrderRecord) -> str | None:
    """Return what speaks against an order whose shopper carried a handle."""
    sold = handoffs.sold(tx.session, tenant, handoff)
    bought = sum(
        line.quantity
        for line in record.lines
        if (line.variant_ref is not None and line.variant_ref == sold.variant_ref)
        or (line.sku is not None and line.sku == sold.sku)
    )
    if not 0 < bought <= handoff.quantity:
        return Rejection.WRONG_PRODUCT.value
    known, given = sold.email, record.email
    if known is not None and given is not None and known.casefold() != given.casefold():
        return Refusal.WRONG_CONSUMER.value
    return None


def _values(connection_id: str, external_id: str, record: OrderRecord) -> dict[str, Any]:
    values = {
        "external_order_id": external_id,
        "connection_id": connection_id,
        "status": record.status.value,
        "total_amount": record.total,
        "currency_code": record.currency,
        "handle": record.handle,
        "updated_at": record.updated_at,
        "line_items": [
            {
                "sku": line.sku,
                "quantity": line.quantity,
                "price": None if line.price is None else str(line.price),
            }
            for line in record.lines
        ],
    }
    if OrderState(record.status) not in UNDONE:
        return values
    if not record.total:
        # Vendure takes everything off a cancelled order; what it was sold for stays true.
        values |= {"total_amount": None, "line_items": []}
    rejected = {"completion": Completion.REJECTED.value}
    return values | rejected | {"completion_reason": Rejection.CANCELLED.value}


def _tenant(row: Connection | InboxNotice) -> Tenant:
    return Tenant(row.organization_id, "live" if row.mode == "live" else "test")


def _problem(error: Exception) -> str:
    code = error.code if isinstance(error, FanfareError) else type(error).__name__
    return scrub(f"{code}: {error}")
