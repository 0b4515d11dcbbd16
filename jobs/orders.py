"""Jobs on what was reported to us: orders, and what shops tell of."""

from integration.runtime import Runtime
from integration.services import inbox
from integration.store.job_queue import Job
from jobs.entry import job


@job(Job.HANDLE_NOTICE)
def handle_notice(rt: Runtime, notice_id: str) -> None:
    """Act on a kept notice, once."""
    inbox.handle(rt, notice_id)
