"""Keeping a lease while work is in hand: short leases, renewed as long as somebody lives."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager

from integration.kernel.logging import logger

log = logger(__name__)


@contextmanager
def beating(every: float, beat: Callable[[], object]) -> Generator[None]:
    """Call ``beat`` every so many seconds, beside the block, until the block ends.

    A beat that fails is told to the log, and tried again at the next one.
    """
    stopping = threading.Event()
    thread = threading.Thread(target=_keep_on, args=(every, beat, stopping), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def _keep_on(every: float, beat: Callable[[], object], stopping: threading.Event) -> None:
    while not stopping.wait(every):
        try:
            beat()
        except Exception as error:  # noqa: BLE001 - the work itself goes on
            log.warning("beat_failed", problem=type(error).__name__)
