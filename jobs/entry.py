"""The way into every job: a runtime, ids on every log line, and an answer to "try again?"."""

import math
from collections.abc import Callable
from functools import wraps
from time import monotonic

from rq import Retry

from integration.kernel.acting import Actor, act_as
from integration.kernel.errors import FanfareError
from integration.kernel.logging import bound, logger
from integration.kernel.settings import Settings
from integration.runtime import Runtime, build
from integration.store.job_queue import Job

log = logger(__name__)

MOST_RETRIES = 20


class _Process:
    """What this process works with."""

    runtime: Runtime | None = None


def use(rt: Runtime) -> None:
    """Let the jobs of this process run with ``rt``."""
    _Process.runtime = rt


def runtime() -> Runtime:
    """Return this process's runtime, built from the environment where none was given."""
    rt = _Process.runtime
    if rt is None:
        rt = _Process.runtime = build(Settings.from_env())
    return rt


def job(name: Job) -> Callable[[Callable[..., None]], Callable[..., Retry | None]]:
    """Make a function the job of this name: it gets the runtime, and its ids by keyword.

    A ``FanfareError`` that says when to try again is retried then, at most 20 times.
    Whatever else it raises ends in RQ's register of failed jobs, for a day.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., Retry | None]:
        @wraps(function)
        def run(**ids: str) -> Retry | None:
            rt = runtime()
            actor = Actor("system:worker", f"job {function.__name__}")
            with bound(job=function.__name__, **ids), act_as(actor):
                # Before anything is read: what is asked for from now on is a new job.
                rt.jobs.started(name, ids)
                began = monotonic()
                try:
                    again = _attempt(lambda: function(rt, **ids))
                except Exception:
                    rt.tally.add(
                        (f"count:job_failures:job={function.__name__}", 1),
                        (f"count:jobs_failed:queue={name.queue}", 1),
                    )
                    raise
                rt.tally.add(
                    (f"count:jobs_{'delayed' if again else 'done'}:queue={name.queue}", 1),
                    (f"count:jobs_seconds:queue={name.queue}", monotonic() - began),
                )
                return again

        return run

    return decorate


def _attempt(work: Callable[[], None]) -> Retry | None:
    try:
        work()
    except FanfareError as error:
        if error.retry_after is None:
            raise
        log.info("job_waits", code=error.code, seconds=error.retry_after)
        return Retry(max=MOST_RETRIES, interval=max(1, math.ceil(error.retry_after)))
    return None
