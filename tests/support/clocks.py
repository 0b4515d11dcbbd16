"""Clocks in threads of this process."""

import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager

from integration.kernel.settings import Settings
from integration.runtime import Runtime
from jobs import schedule
from tests.support.patience import build_patient

STOP_SECONDS = 20


@contextmanager
def ticking(settings: Settings, clocks: int = 2) -> Generator[None]:
    """Let clocks run, each on connections of its own, until the block ends."""
    runtimes = [build_patient(settings) for _ in range(clocks)]
    try:
        with ticking_on(runtimes):
            yield
    finally:
        for rt in runtimes:
            rt.close()


@contextmanager
def ticking_on(runtimes: Sequence[Runtime]) -> Generator[None]:
    """Let a clock run on each of these until the block ends."""
    stopping = threading.Event()
    threads = [threading.Thread(target=schedule.run, args=(rt, stopping)) for rt in runtimes]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in threads:
            thread.join(STOP_SECONDS)
        assert not any(thread.is_alive() for thread in threads)
