"""Jobs on what comes in by the thousand: merchants' shops, and their files."""

from integration.runtime import Runtime
from integration.services import imports, syncing
from integration.store.job_queue import Job
from jobs.entry import job


@job(Job.SYNC_PAGE)
def sync_page(rt: Runtime, run_id: str) -> None:
    """Pull the next page of a sync run."""
    syncing.pull_page(rt, run_id)


@job(Job.IMPORT_PAGE)
def import_page(rt: Runtime, run_id: str) -> None:
    """Store the next page of an imported file."""
    imports.store_page(rt, run_id)
