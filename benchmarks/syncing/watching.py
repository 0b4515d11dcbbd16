"""Following one run to its end: how long it takes, and what memory the worker has meanwhile."""

import threading
from time import perf_counter
from typing import NamedTuple

import psutil

from benchmarks.stage import cpu_seconds
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.services import syncing
from integration.store.sync_progress import Progress

LOOK_SECONDS = 0.1
MIB = 1024 * 1024
TENTHS = 10


class Synced(NamedTuple):
    """A run that has ended; ``mebibytes`` of the worker before it, at each tenth, and after it."""

    shop: str
    time: str
    run: Progress
    seconds: float
    mebibytes: list[float]
    worker_cpu: float
    engines_cpu: float

    @property
    def growth(self) -> float:
        """MiB at the end above those at the first tenth: flat is none."""
        return self.mebibytes[-1] - self.mebibytes[1]


class Watch:
    """What is looked at: the one worker, and the engines."""

    def __init__(
        self, rt: Runtime, tenant: Tenant, worker: psutil.Process, engines: list[psutil.Process]
    ) -> None:
        self._rt, self._tenant, self._worker, self._engines = rt, tenant, worker, engines

    def sync(self, shop: str, time: str, connection_id: str, subject: str) -> Synced:
        """Start a run as the API does, and follow it."""
        before = self._cpu()
        began, memory = perf_counter(), [self._memory()]
        run = syncing.start(self._rt, self._tenant, connection_id, subject)
        pause = threading.Event()
        while run.finished_at is None:
            pause.wait(LOOK_SECONDS)
            run = syncing.progress(self._rt, self._tenant, run.id)
            memory += [self._memory()] * (_tenths(run) + 1 - len(memory))
        memory += [self._memory()] * (TENTHS + 1 - len(memory))
        seconds = perf_counter() - began
        worker, engines = (now - then for now, then in zip(self._cpu(), before, strict=True))
        return Synced(shop, time, run, seconds, memory, worker, engines)

    def _memory(self) -> float:
        return self._worker.memory_info().rss / MIB

    def _cpu(self) -> tuple[float, float]:
        return cpu_seconds([self._worker]), cpu_seconds(self._engines)


def _tenths(run: Progress) -> int:
    """Return how many tenths of a run are done, the last one only when it has ended."""
    if not run.total:
        return 0
    return min(TENTHS - 1, run.records * TENTHS // run.total)
