"""Jobs on the way out to merchants' endpoints."""

from integration.runtime import Runtime
from integration.services import deliveries
from integration.store.job_queue import Job
from jobs.entry import job


@job(Job.DRAIN_ENDPOINT)
def drain_endpoint(rt: Runtime, endpoint_id: str) -> None:
    """Attempt what is due for one endpoint."""
    deliveries.drain(rt, endpoint_id)
