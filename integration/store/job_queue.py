"""The way to a worker: names and ids into RQ, never data (design.md, D1)."""

from enum import StrEnum

import structlog
from redis import Redis, RedisError
from rq import Queue
from rq.serializers import JSONSerializer

log = structlog.get_logger(__name__)

QUEUES = ("orders", "webhooks", "sync", "mail")
"""By urgency: a worker takes the first that has something."""

PENDING_SECONDS = 30


class Job(StrEnum):
    """Every job there is: its queue, and the function that does it."""

    HANDLE_NOTICE = "orders:jobs.orders.handle_notice"
    DRAIN_ENDPOINT = "webhooks:jobs.webhooks.drain_endpoint"
    SYNC_PAGE = "sync:jobs.sync.sync_page"

    @property
    def queue(self) -> str:
        """The RQ queue it waits in."""
        return self.value.partition(":")[0]

    @property
    def function(self) -> str:
        """The dotted name of the function that does it."""
        return self.value.partition(":")[2]


class JobQueue:
    """Enqueues jobs; when Valkey is away the row is still there, and the sweeper finds it."""

    def __init__(self, valkey: Redis) -> None:
        self._valkey = valkey
        self._queues = {
            name: Queue(name, connection=valkey, serializer=JSONSerializer) for name in QUEUES
        }

    def enqueue(self, job: Job, **ids: str) -> None:
        """Ask for ``job`` about these rows, once for as long as it has not been started."""
        mark = pending_mark(job, ids)
        try:
            if self._valkey.set(mark, 1, nx=True, ex=PENDING_SECONDS):
                self._queues[job.queue].enqueue_call(
                    job.function, kwargs=ids, result_ttl=0, failure_ttl=86_400, timeout=180
                )
        except RedisError:
            log.warning("job_not_enqueued", job=job.function)

    def started(self, job: Job, ids: dict[str, str]) -> None:
        """Say that a worker has begun, so that the next request is a new job."""
        self._valkey.delete(pending_mark(job, ids))


def pending_mark(job: Job, ids: dict[str, str]) -> str:
    """Return the key that says: enqueued and not yet started."""
    return ":".join(["job", job.function, *ids.values()])
