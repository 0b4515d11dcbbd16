"""What shops and merchants report: kept at once, acted on exactly once (style.md, rule 4)."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta

from connectors.records import (
    CustomerAsked,
    CustomerErased,
    Interpretation,
    News,
    Notice,
    OrderChanged,
    ProductChanged,
    ShopLeft,
)
from integration.kernel.acting import Actor, act_as
from integration.kernel.errors import FanfareError, NotFound
from integration.kernel.heartbeat import beating
from integration.kernel.redaction import scrub
from integration.kernel.storable import clean, storable
from integration.kernel.tenant import Tenant, owner_of
from integration.runtime import Runtime
from integration.store import inbox, outbox, reported_orders, settlements, shop_news
from integration.store.db import Transaction
from integration.store.job_queue import Job
from integration.store.models import InboxNotice

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
    tenant = owner_of(connection)
    with rt.transaction() as tx:
        source, ref, topic = connection.id, clean(notice.ref), clean(notice.topic)
        payload = storable(notice.payload)
        notice_id = inbox.add(tx.session, tenant, source, ref, topic=topic, payload=payload)
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
    tenant = owner_of(notice)
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


def settle_reported(rt: Runtime, tenant: Tenant, most: int) -> int:
    """Settle the first of a merchant's reported orders in one go; return how many.

    They want the same line, so that together they cost less than one by one. Where one of them
    cannot be settled nothing has happened to any, and its error is raised.
    """
    with act_as(Actor("system:worker", "reported orders")), rt.transaction() as tx:
        taken = inbox.take_reported(tx.session, tenant, most)
        wake: set[str] = set()
        for notice in taken:
            wake.update(settlements.settle_reported(tx.session, tenant, notice.payload))
            inbox.handled(tx.session, tenant, notice.id)
        outbox.wake(tx, rt.jobs, wake)
        return len(taken)


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
            order = clean(asdict(told.order))
            taken = reported_orders.take_over(tx.session, tenant, notice.source, order)
            outbox.wake(tx, rt.jobs, taken.endpoints)
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
            record = None if told.product is None else clean(asdict(told.product))
            gone = shop_news.product_changed(tx.session, tenant, source, told.external_id, record)
        case CustomerAsked():
            gone = shop_news.customer_asked(tx.session, tenant, source, told.external_id)
        case CustomerErased():
            gone = shop_news.customer_erased(tx.session, rt.vault, tenant, source, told.external_id)
        case ShopLeft():
            gone = shop_news.shop_left(tx.session, rt.vault, tenant, source, erase=told.erase)
    outbox.wake(tx, rt.jobs, gone.endpoints)
    tx.then(lambda: rt.refuse_sessions(gone.sessions))


def _problem(error: Exception) -> str:
    code = error.code if isinstance(error, FanfareError) else type(error).__name__
    return scrub(f"{code}: {error}")
