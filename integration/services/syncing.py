"""Pulling a shop's products, customers and orders, page by page (design.md, section 4)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from connectors.base import Connector, ConnectorError, NeedsReconnect, OwnLimit
from connectors.records import Page
from integration.engine.pauses import pause_after
from integration.kernel.acting import Actor, act_as
from integration.kernel.errors import FanfareError, NotFound, required
from integration.kernel.heartbeat import beating
from integration.kernel.logging import logger
from integration.kernel.storable import clean
from integration.kernel.tenant import Tenant, owner_of
from integration.runtime import Runtime
from integration.store import (
    organizations,
    outbox,
    reported_orders,
    runs,
    shops,
    sync_runs,
    sync_seen,
    synced_customers,
    synced_products,
)
from integration.store.db import Transaction, is_bad_value
from integration.store.job_queue import Job
from integration.store.models import Connection, Organization, SyncRun
from integration.store.runs import RunStatus
from integration.store.sync_pages import BAD_VALUE, failure, shown
from integration.store.sync_progress import Progress, event_data
from integration.store.sync_runs import ORDERS, PRODUCTS, Stored, SyncRunning

log = logger(__name__)

LEASE = timedelta(seconds=10)
BEAT_SECONDS = 3
"""A worker that dies is noticed after a lease; one that lives renews it."""

OURS = "Something went wrong on our side. The run goes on by itself."
NOT_KEPT = (
    "Something went wrong on our side with this one. Sync everything again once it is mended."
)


class _Subject(NamedTuple):
    """What can be pulled: how to read a page of it, and how to keep one.

    What settles something one by one holds up nobody else's line meanwhile.
    """

    fetch: Callable[[Connector, str | None, datetime | None], Page[Any]]
    keep: Callable[[Transaction, Tenant, str, Organization, Sequence[dict[str, Any]]], Stored]
    one_by_one: bool = False


SUBJECTS: Mapping[str, _Subject] = {
    PRODUCTS: _Subject(
        lambda shop, cursor, since: shop.list_products(cursor, since),
        lambda tx, tenant, source, merchant, records: synced_products.upsert(
            tx.session, tenant, source, merchant.currency_code, records
        ),
    ),
    "customers": _Subject(
        lambda shop, cursor, since: shop.list_customers(cursor, since),
        lambda tx, tenant, source, merchant, records: synced_customers.upsert(
            tx.session, tenant, source, merchant.country_code, records
        ),
    ),
    ORDERS: _Subject(
        lambda shop, cursor, since: shop.list_orders(cursor, since),
        lambda tx, tenant, source, _merchant, records: sum(
            (reported_orders.take_over(tx.session, tenant, source, each) for each in records),
            Stored(0, 0),
        ),
        one_by_one=True,
    ),
}


def start(
    rt: Runtime, tenant: Tenant, connection_id: str, subject: str, *, full: bool = False
) -> Progress:
    """Open a run over what changed since the last completed one, or over everything.

    Raises ``SyncRunning`` while one of this connection and subject is open.
    """
    with rt.transaction() as tx:
        connection = required(shops.find(tx.session, tenant, connection_id), "Connection")
        run_id = sync_runs.open_next(tx.session, tenant, connection, subject, full=full)
        if run_id is None:
            other = sync_runs.open_run(tx.session, tenant, connection_id, subject)
            raise SyncRunning(extra={"syncRunId": other})
        tx.then(lambda: rt.jobs.enqueue(Job.SYNC_PAGE, run_id=run_id))
        return progress(rt, tenant, run_id)


def progress(
    rt: Runtime, tenant: Tenant, run_id: str, connection_id: str | None = None
) -> Progress:
    """Return how far a run has come; one of this connection, where one is named."""
    with rt.transaction() as tx:
        found = sync_runs.find(tx.session, tenant, run_id)
    if found is None or found.connection_id != (connection_id or found.connection_id):
        raise NotFound("Sync run")
    return found


def page(
    rt: Runtime, tenant: Tenant, connection_id: str, after: str | None, limit: int
) -> Sequence[Progress]:
    """Return a connection's runs, the newest first."""
    with rt.transaction() as tx:
        if shops.find(tx.session, tenant, connection_id) is None:
            raise NotFound("Connection")
        return sync_runs.page(tx.session, tenant, connection_id, after, limit)


def pull_page(rt: Runtime, run_id: str) -> None:
    """Fetch the next page, and store it together with the cursor that follows it.

    A crash costs at most one page, and a page that two workers fetched is counted once. A shop
    that is busy lets the run wait; one that cannot be used ends it, with the reason.
    """
    with rt.transaction() as tx:
        run = runs.claim(tx.session, SyncRun, run_id, LEASE)
        if run is None:
            return
        connection = shops.find(tx.session, owner_of(run), run.connection_id)
    if connection is None:
        _fail(rt, run, "The connection was deleted.")
        return
    try:
        shop = Actor(connection.id, f"sync {run.subject}")
        with beating(BEAT_SECONDS, lambda: _renew(rt, run)), act_as(shop):
            _store(rt, run, _fetch(rt, run, connection))
    except NeedsReconnect as error:
        _fail(rt, run, str(error), refused=True)
    except FanfareError as error:
        _hold(rt, run, str(error), error.retry_after, own=isinstance(error, OwnLimit))
    except Exception:
        _hold(rt, run, OURS, None)
        raise


def _renew(rt: Runtime, run: SyncRun) -> None:
    with rt.transaction() as tx:
        sync_runs.renew(tx.session, owner_of(run), run, LEASE)


def _fetch(rt: Runtime, run: SyncRun, connection: Connection) -> Page[Any]:
    """Ask the shop, with no transaction open."""
    shop = rt.open_shop(connection)
    page = SUBJECTS[run.subject].fetch(shop, run.cursor, run.since)
    if page.next_cursor is not None and page.next_cursor == run.cursor:
        raise ConnectorError("The shop's pages go round in a circle.")
    return page


def _store(rt: Runtime, run: SyncRun, page: Page[Any]) -> None:
    tenant, records = owner_of(run), [clean(asdict(record)) for record in page.records]
    stored = None
    if SUBJECTS[run.subject].one_by_one:
        stored = sum((_keep_one(rt, tenant, run, each) for each in records), Stored(0, 0))
    with rt.transaction() as tx:
        current = runs.lock(tx.session, SyncRun, tenant, run.id)
        if current is None or current.pages != run.pages:
            return
        stored = stored or _keep(rt, tx, tenant, run, records)
        sync_runs.advance(current, stored, len(records), page.total)
        if page.next_cursor is None:
            _finish(rt, tx, current, RunStatus.COMPLETED, None)
        else:
            sync_runs.go_on(tx.session, current, page.next_cursor)
            tx.then(lambda: rt.jobs.enqueue(Job.SYNC_PAGE, run_id=run.id))


def _keep_one(rt: Runtime, tenant: Tenant, run: SyncRun, record: dict[str, Any]) -> Stored:
    """Keep one record in a transaction of its own; a second worker changes nothing by it.

    One that cannot be kept fails alone; what passes by itself, the whole page waits for.
    """
    try:
        with rt.transaction() as tx:
            return _keep(rt, tx, tenant, run, [record])
    except FanfareError:
        raise
    except Exception as error:
        ref, bad = shown(record["external_id"]), is_bad_value(error)
        # What the database says of a value holds all the others, which are somebody's.
        log.warning("record_not_kept", run=run.id, record=ref, exc_info=not bad)
        return Stored(0, 0, (failure(record, BAD_VALUE if bad else NOT_KEPT),))


def _keep(
    rt: Runtime, tx: Transaction, tenant: Tenant, run: SyncRun, records: Sequence[dict[str, Any]]
) -> Stored:
    sync_seen.note(tx.session, tenant, run, records)
    merchant = organizations.required(tx.session, tenant)
    stored = SUBJECTS[run.subject].keep(tx, tenant, run.connection_id, merchant, records)
    outbox.wake(tx, rt.jobs, stored.endpoints)
    return stored


def _hold(
    rt: Runtime, run: SyncRun, problem: str, retry_after: float | None, *, own: bool = False
) -> None:
    """Let a run rest, for another try, or end it; a wait for our ``own`` limit is no try."""
    pause = retry_after if own else pause_after(run.attempts, retry_after)
    if pause is None:
        _fail(rt, run, problem)
        return
    with rt.transaction() as tx:
        current = runs.lock(tx.session, SyncRun, owner_of(run), run.id)
        if current is not None and current.pages == run.pages:
            current.attempts = run.attempts - own
            sync_runs.rest(tx.session, current, problem, pause=pause, asked=retry_after or 0)


def _fail(rt: Runtime, run: SyncRun, problem: str, *, refused: bool = False) -> None:
    """End a run with its reason; where it was ``refused``, have the whole connection looked at.

    One refusal may be a mistake of the shop's, or a missing permission for one list alone.
    """
    tenant = owner_of(run)
    with rt.transaction() as tx:
        current = runs.lock(tx.session, SyncRun, tenant, run.id)
        if current is None or current.pages != run.pages:
            return
        if refused:
            shop = {"connection_id": run.connection_id}
            tx.then(lambda: rt.jobs.enqueue(Job.CHECK_CONNECTION, **shop))
        _finish(rt, tx, current, RunStatus.FAILED, problem)
    log.warning("sync_failed", run=run.id, problem=problem)


def _finish(
    rt: Runtime, tx: Transaction, run: SyncRun, status: RunStatus, problem: str | None
) -> None:
    tenant = owner_of(run)
    if status is RunStatus.COMPLETED:
        run.gone = sync_seen.archive_rest(tx.session, tenant, run)
    sync_runs.finish(tx.session, run, status, problem)
    name = f"sync.{status.value}"
    told = outbox.emit(tx.session, tenant, name, run.id, run.version, event_data(run))
    outbox.wake(tx, rt.jobs, told)
