"""Finds what was promised and lost its job, and drops what was kept long enough.

A row is the promise; a job only makes it happen sooner (design.md, D1).
"""

from collections.abc import Iterator
from datetime import timedelta

from integration.kernel.logging import logger
from integration.runtime import Runtime
from integration.store import (
    answers,
    deliveries,
    delivery_log,
    exchange_codes,
    import_runs,
    inbox,
    merging,
    messages,
    otp_codes,
    runs,
    sync_runs,
)
from integration.store.job_queue import Job
from integration.store.models import ImportRun, SyncRun

log = logger(__name__)

MOST_NOTICES = 1_000
EVENTS_KEPT = timedelta(days=30)
BATCH = 1_000
MOST_BATCHES = 100


def sweep(rt: Runtime) -> int:
    """Enqueue what is due and return how much; what waits for a worker already is left alone."""
    swept = 0
    for job, ids in _due(rt):
        if not rt.jobs.enqueue(job, **ids):
            log.info("sweep_ended", reason="Valkey is away")
            break
        swept += 1
    return swept


def tidy(rt: Runtime) -> int:
    """Delete what was kept long enough; return how many events.

    Codes when they are over, answers and messages after a day, imports and syncs after a week,
    delivered events after a month.
    """
    with rt.transaction() as tx:
        for table in (answers, exchange_codes, import_runs, messages, otp_codes, sync_runs):
            table.forget_old(tx.session)
        messages.expire(tx.session)
    dropped = 0
    for _ in range(MOST_BATCHES):
        with rt.transaction() as tx:
            some = delivery_log.prune(tx.session, EVENTS_KEPT, BATCH)
        dropped += some
        if some < BATCH:
            break
    return dropped


def _due(rt: Runtime) -> Iterator[tuple[Job, dict[str, str]]]:
    with rt.transaction() as tx:
        merchants = inbox.with_reported(tx.session)
        notices = inbox.from_shops(tx.session, MOST_NOTICES)
        endpoints = deliveries.due_endpoints(tx.session)
        pulled = runs.due(tx.session, SyncRun)
        files = runs.due(tx.session, ImportRun)
        mail = messages.due(tx.session, MOST_NOTICES)
        guests = merging.due(tx.session, MOST_NOTICES)
    yield from ((Job.SETTLE_ORDERS, each._asdict()) for each in merchants)
    yield from ((Job.HANDLE_NOTICE, {"notice_id": each}) for each in notices)
    yield from ((Job.DRAIN_ENDPOINT, {"endpoint_id": each}) for each in endpoints)
    yield from ((Job.SYNC_PAGE, {"run_id": each}) for each in pulled)
    yield from ((Job.IMPORT_PAGE, {"run_id": each}) for each in files)
    yield from ((Job.SEND_MESSAGE, {"message_id": each}) for each in mail)
    yield from ((Job.CARRY_OVER, {"guest_id": each}) for each in guests)
