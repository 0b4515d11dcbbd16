"""What is still to be done for a merchant, what could not be done, and asking for it again."""

from collections.abc import Callable, Mapping, Sequence

from integration.kernel.errors import Conflict, required
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import audit, delivery_log, import_runs, inbox, intents, messages, sync_runs
from integration.store.db import Database
from integration.store.intents import Chosen, Intent, Kind
from integration.store.job_queue import Job


class NothingToRetry(Conflict):
    """It is done meanwhile, or too old to be worth doing."""

    code = "JOB_OVER"
    message = "This job is done, or its time is over. There is nothing to retry."


JOBS: Mapping[str, tuple[Job, str]] = {
    Kind.NOTICE: (Job.HANDLE_NOTICE, "notice_id"),
    Kind.SYNC: (Job.SYNC_PAGE, "run_id"),
    Kind.IMPORT: (Job.IMPORT_PAGE, "run_id"),
    Kind.MESSAGE: (Job.SEND_MESSAGE, "message_id"),
}
AGAIN: Mapping[str, Callable[[Database, Tenant, str], object]] = {
    Kind.ORDER: inbox.ask_again,
    Kind.NOTICE: inbox.ask_again,
    Kind.DELIVERY: delivery_log.ask_again,
    Kind.SYNC: sync_runs.ask_again,
    Kind.IMPORT: import_runs.ask_again,
    Kind.MESSAGE: messages.ask_again,
}


def page(
    rt: Runtime, tenant: Tenant, after: Sequence[str] | None, limit: int, chosen: Chosen
) -> Sequence[Intent]:
    """Return what waits, runs, is tried again or has failed, the newest first."""
    with rt.transaction() as tx:
        return intents.page(tx.session, tenant, after, limit, chosen)


def retry(rt: Runtime, tenant: Tenant, job_id: str) -> Intent:
    """Have one of them done now, whatever became of it so far.

    Raises ``NotFound``, ``NothingToRetry``, and what its kind refuses with.
    """
    with rt.transaction() as tx:
        found = required(intents.find(tx.session, tenant, job_id), "Job")
        if not AGAIN[found.kind](tx.session, tenant, job_id):
            raise NothingToRetry
        audit.note(tx.session, tenant, "job.retried", job_id, after={"kind": found.kind})
        job, ids = _job(tenant, found)
        tx.then(lambda: rt.jobs.enqueue(job, **ids))
        return intents.find(tx.session, tenant, job_id) or found


def _job(tenant: Tenant, intent: Intent) -> tuple[Job, dict[str, str]]:
    if intent.kind == Kind.ORDER:
        return Job.SETTLE_ORDERS, tenant._asdict()
    if intent.kind == Kind.DELIVERY:
        return Job.DRAIN_ENDPOINT, {"endpoint_id": intent.subject_id or ""}
    job, name = JOBS[intent.kind]
    return job, {name: intent.id}
