"""Clocks in threads of this process."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

from integration.kernel.settings import Settings
from integration.runtime import build
from jobs import schedule

STOP_SECONDS = 20


@contextmanager
def ticking(settings: Settings, clocks: int = 2) -> Generator[None]:
    """Let clocks run, each on connections of its own, until the block ends."""
    stopping = threading.Event()
    runtimes = [build(settings) for _ in range(clocks)]
    threads = [threading.Thread(target=schedule.run, args=(rt, stopping)) for rt in runtimes]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in threads:
            thread.join(STOP_SECONDS)
        for rt in runtimes:
            rt.close()
        assert not any(thread.is_alive() for thread in threads)
