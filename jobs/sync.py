"""Jobs on the way in from merchants' shops."""

from integration.runtime import Runtime
from integration.services import syncing
from integration.store.job_queue import Job
from jobs.entry import job


@job(Job.SYNC_PAGE)
def sync_page(rt: Runtime, run_id: str) -> None:
    """Pull the next page of a sync run."""
    syncing.pull_page(rt, run_id)
