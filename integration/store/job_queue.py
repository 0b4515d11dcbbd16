"""The way to a worker: names and ids into RQ, never data (design.md, D1)."""

from collections.abc import Mapping
from enum import StrEnum
from time import monotonic

import structlog
from redis import Redis, RedisError
from rq import Queue
from rq.serializers import JSONSerializer

log = structlog.get_logger(__name__)

QUEUES = ("orders", "webhooks", "sync", "mail")
"""By urgency: a worker takes the first that has something."""

PENDING_SECONDS = 10
"""How long a job that nobody has begun is believed to be on its way."""

REST_SECONDS = 0.5
"""How long a Valkey that failed is left alone: a request may have several jobs to ask for."""

TIMEOUT_SECONDS = 180
"""No job runs longer; all of them are made of short steps."""

FAILURES_KEPT_SECONDS = 86_400


class Job(StrEnum):
    """Every job there is: its queue, and the function that does it."""

    SETTLE_ORDERS = "orders:jobs.orders.settle_orders"
    HANDLE_NOTICE = "orders:jobs.orders.handle_notice"
    DRAIN_ENDPOINT = "webhooks:jobs.webhooks.drain_endpoint"
    SYNC_PAGE = "sync:jobs.sync.sync_page"
    IMPORT_PAGE = "sync:jobs.sync.import_page"
    SEND_MESSAGE = "mail:jobs.mail.send_message"
    CHECK_CONNECTION = "sync:jobs.connections.check_connection"
    CARRY_OVER = "orders:jobs.identities.carry_over"

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
        self._resting_until = 0.0
        self._queues = {
            name: Queue(name, connection=valkey, serializer=JSONSerializer) for name in QUEUES
        }

    def enqueue(self, job: Job, **ids: str) -> bool:
        """Ask for ``job`` about these rows, as a rule once until it has been started.

        False where Valkey does not take it.
        """
        if monotonic() < self._resting_until:
            return False
        mark = pending_mark(job, ids)
        try:
            if not self._valkey.exists(mark):
                self._push(job, ids, mark)
        except RedisError as error:
            self._resting_until = monotonic() + REST_SECONDS
            log.warning("job_not_enqueued", job=job.function, problem=type(error).__name__)
            return False
        return True

    def started(self, job: Job, ids: Mapping[str, str]) -> None:
        """Say that a worker has begun, so that the next request is a new job."""
        try:
            self._valkey.delete(pending_mark(job, ids))
        except RedisError as error:
            # The mark ends by itself.
            log.warning("job_mark_kept", job=job.function, problem=type(error).__name__)

    def wake(self) -> int:
        """Put the jobs whose pause is over back into their queues; return how many.

        Raises ``RedisError``. Any number of callers: who takes a job out of the register
        puts it back.
        """
        woken = 0
        for queue in self._queues.values():
            paused = queue.scheduled_job_registry
            for job_id in paused.get_jobs_to_schedule():
                found = queue.fetch_job(job_id)
                if self._valkey.zrem(paused.key, job_id) and found is not None:
                    queue.enqueue_job(found)
                    woken += 1
        return woken

    def _push(self, job: Job, ids: dict[str, str], mark: str) -> None:
        # In one step: a mark without its job would keep the sweeper waiting.
        with self._valkey.pipeline() as pipeline:
            self._queues[job.queue].enqueue_call(
                job.function,
                kwargs=ids,
                result_ttl=0,
                failure_ttl=FAILURES_KEPT_SECONDS,
                timeout=TIMEOUT_SECONDS,
                pipeline=pipeline,
            )
            pipeline.set(mark, 1, ex=PENDING_SECONDS)
            pipeline.execute()


def pending_mark(job: Job, ids: Mapping[str, str]) -> str:
    """Return the key that says: enqueued and not yet started."""
    return ":".join(["job", job.function, *ids.values()])
