"""Seeing to it that we and a shop know the same, by itself and for whoever asks."""

from typing import Any, NamedTuple

from integration.kernel.errors import NotFound
from integration.kernel.tenant import Tenant, owner_of
from integration.runtime import Runtime
from integration.store import reconciliations, shops, sync_runs, sync_schedule
from integration.store.job_queue import Job
from integration.store.reconciliations import OpenCheckout, Unmatched
from integration.store.sync_progress import Progress
from integration.store.sync_schedule import Due, Ending


class Reconciliation(NamedTuple):
    """How a shop's orders and our admissions agree; lists have the newest hundred."""

    connection_id: str
    every_minutes: int | None
    last_run: Progress | None
    orders: dict[str, int]
    unmatched: list[Unmatched]
    open_checkouts: list[OpenCheckout]


def start_due(rt: Runtime) -> None:
    """Open the runs that connections' schedules ask for; of two clocks one does.

    One that waits for its shop while an admission is about to end goes on as soon as it may.
    """
    with rt.transaction() as tx:
        ending = sync_schedule.ending(tx.session)
        sync_schedule.hurry(tx.session, ending)
        found = sync_schedule.due(tx.session, ending)
    for each in found:
        _start(rt, each, ending)


def _start(rt: Runtime, each: Due, ending: Ending) -> None:
    tenant = owner_of(each)
    with rt.transaction() as tx:
        if not sync_schedule.take(tx.session, each, ending):
            return
        connection = shops.find(tx.session, tenant, each.id)
        if connection is None:
            return
        run_id = sync_runs.open_next(tx.session, tenant, connection, each.subject)
        if run_id is not None:
            tx.then(lambda: rt.jobs.enqueue(Job.SYNC_PAGE, run_id=run_id))


def show(rt: Runtime, tenant: Tenant, connection_id: str) -> Any:
    """Return how a connection's shop and we agree. Raises ``NotFound``."""
    with rt.transaction() as tx:
        if shops.find(tx.session, tenant, connection_id) is None:
            raise NotFound("Connection")
        minutes = sync_schedule.minutes_of(tx.session, tenant, connection_id)
        return Reconciliation(
            connection_id=connection_id,
            every_minutes=minutes.get(sync_runs.ORDERS),
            last_run=sync_runs.newest(tx.session, tenant, connection_id, sync_runs.ORDERS),
            orders=reconciliations.counts(tx.session, tenant, connection_id),
            unmatched=reconciliations.unmatched(tx.session, tenant, connection_id),
            open_checkouts=reconciliations.open_checkouts(tx.session, tenant, connection_id),
        )
