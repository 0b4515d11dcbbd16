"""Jobs on who somebody is."""

from integration.runtime import Runtime
from integration.services import identities
from integration.store.job_queue import Job
from jobs.entry import job


@job(Job.CARRY_OVER)
def carry_over(rt: Runtime, guest_id: str) -> None:
    """Give a merged guest's entries to whom the guest turned out to be."""
    identities.carry_over(rt, guest_id)
