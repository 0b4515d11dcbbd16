"""Jobs on connections to shops."""

from integration.runtime import Runtime
from integration.services import connections
from integration.store.job_queue import Job
from jobs.entry import job


@job(Job.CHECK_CONNECTION)
def check_connection(rt: Runtime, connection_id: str) -> None:
    """See whether a shop still lets us in, and still sends its webhooks."""
    connections.check(rt, connection_id)
