"""`fanfare worker`: one process, several lanes, each an RQ worker in a thread.

RQ's forking worker does 140 jobs/s, one in the process itself 550, and most of what ours do
is wait: for Postgres, for a merchant's server. Lanes share one runtime, and because some of
them take nothing but orders, no slow shop or endpoint stands between an order and its admission.
"""

import logging
import os
import signal
import threading
from collections.abc import Iterable, Sequence
from importlib import import_module
from time import monotonic
from typing import Any

from redis import ConnectionPool, Redis, RedisError
from rq import Queue, SimpleWorker
from rq.job import Job as QueuedJob
from rq.serializers import JSONSerializer
from rq.timeouts import TimerDeathPenalty

from integration.kernel.logging import logger
from integration.kernel.redaction import scrub
from integration.runtime import Runtime
from integration.store.job_queue import QUEUES, TIMEOUT_SECONDS, Job
from jobs import entry

log = logger(__name__)

LANES: tuple[Sequence[str], ...] = (
    *[("orders",)] * 2,
    *[("orders", "webhooks")] * 6,
    *[QUEUES] * 2,
)
"""What each lane takes, the most urgent first."""

LISTEN_SECONDS = 1
"""How long a lane that finds nothing waits before it looks whether it is to stop."""

LIVES_SECONDS = 16
"""How long RQ believes in a lane that says nothing; it also waits ten seconds for an answer."""

ANSWER_SECONDS = 11
GIVE_UP_SECONDS = TIMEOUT_SECONDS + 60
STUCK = 70


class Lane(SimpleWorker):
    """An RQ worker in a thread: no signals, no forks, no remote commands."""

    death_penalty_class = TimerDeathPenalty
    log_result_lifespan = False
    max_connection_wait_time = 2.0
    busy_since: float | None = None

    def execute_job(self, job: QueuedJob, queue: Queue) -> None:
        """Do one job."""
        self.busy_since = monotonic()
        try:
            super().execute_job(job, queue)
        finally:
            self.busy_since = None

    def handle_job_failure(
        self, job: QueuedJob, queue: Queue, started_job_registry: Any = None, exc_string: str = ""
    ) -> None:
        """Keep the failure, without what must not be written down."""
        super().handle_job_failure(job, queue, started_job_registry, scrub(exc_string))

    def serve(self, stopping: threading.Event) -> None:
        """Take jobs until told to stop; raises ``RedisError`` where Valkey is lost midway."""
        self.register_birth()  # type: ignore[no-untyped-call]
        try:
            while not stopping.is_set():
                found = self.dequeue_job_and_maintain_ttl(LISTEN_SECONDS, LISTEN_SECONDS)
                if found is not None:
                    self.execute_job(*found)
        finally:
            self.register_death()  # type: ignore[no-untyped-call]


def work(rt: Runtime) -> None:
    """Do jobs until SIGTERM or SIGINT, then finish those that are under way."""
    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    run(rt, stopping)


def run(rt: Runtime, stopping: threading.Event, lanes: Sequence[Sequence[str]] = LANES) -> None:
    """Do jobs until ``stopping``, then finish those that are under way."""
    # The one writes four lines a job, the other one for each connection that it cannot keep.
    for talkative in ("rq.worker", "urllib3.connectionpool"):
        logging.getLogger(talkative).setLevel(logging.ERROR)
    load_jobs()
    entry.use(rt)
    rt.ticker.start()
    threads = [_LaneThread(rt, names, stopping) for names in lanes]
    for thread in threads:
        thread.start()
    log.info("worker_started", lanes=len(threads))
    while not stopping.wait(1):
        end_if_stuck(thread.lane for thread in threads if thread.lane is not None)
    for thread in threads:
        thread.join()
    rt.tally.flush()
    log.info("worker_stopped")


def load_jobs() -> None:
    """Import every job now, so that the first of each is as fast as the rest."""
    for each in Job:
        import_module(each.function.rpartition(".")[0])


class _LaneThread(threading.Thread):
    """Keeps one lane going, whatever happens to Valkey."""

    lane: Lane | None = None

    def __init__(self, rt: Runtime, names: Sequence[str], stopping: threading.Event) -> None:
        super().__init__(name="lane-" + "-".join(names), daemon=True)
        self._rt, self._names, self._stopping = rt, names, stopping

    def run(self) -> None:
        """Serve; begin anew after a while where that failed."""
        while not self._stopping.is_set():
            try:
                with patient(self._rt.valkey.client) as valkey:
                    self.lane = make_lane(self._names, valkey)
                    self.lane.serve(self._stopping)
            except RedisError as error:
                log.warning("lane_lost_valkey", problem=type(error).__name__)
            except Exception:
                log.exception("lane_failed")
            self._stopping.wait(1)


def make_lane(names: Sequence[str], valkey: Redis) -> Lane:
    """Return a lane that takes from these queues, on a patient client."""
    return Lane(list(names), connection=valkey, serializer=JSONSerializer, worker_ttl=LIVES_SECONDS)


def patient(valkey: Redis) -> Redis:
    """Return a client of the same Valkey that may wait for a job to come."""
    pool = valkey.connection_pool
    kept = {**pool.connection_kwargs, "socket_timeout": ANSWER_SECONDS, "socket_connect_timeout": 2}
    return Redis.from_pool(ConnectionPool(pool.connection_class, **kept))


def end_if_stuck(lanes: Iterable[Lane]) -> None:
    """End the process where not even a timeout got a job to end; its row will be found again."""
    for lane in lanes:
        if lane.busy_since is not None and monotonic() - lane.busy_since > GIVE_UP_SECONDS:
            log.critical("job_stuck", lane=lane.name)
            os._exit(STUCK)
