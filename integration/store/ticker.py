"""A process's own small clock: keeps what it knows by heart fresh (design.md, D13)."""

import os
from collections.abc import Callable
from threading import Event, Lock, Thread

import structlog

STOP_SECONDS = 5

log = structlog.get_logger(__name__)


class Ticker:
    """Calls ``task`` every ``period`` seconds, from the first ``start`` in each process on.

    A task that fails is tried again at the next tick: what is known stays as it was.
    """

    def __init__(self, task: Callable[[], object], period: float) -> None:
        self._task = task
        self._period = period
        self._process: int | None = None
        self._lock = Lock()
        self._stop = Event()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin, unless this process has; a forked child begins anew."""
        if self._process == os.getpid():
            return
        with self._lock:
            if self._process != os.getpid():
                self._process = os.getpid()
                self._thread = Thread(target=self._run, name="ticker", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End once the present tick is over: what it has borrowed is given back."""
        self._stop.set()
        if self._thread is not None and self._process == os.getpid():
            self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        failing = False
        while not self._stop.wait(self._period):
            try:
                self._task()
                failing = False
            except Exception as error:  # noqa: BLE001 - whatever it is, the next tick may pass
                if not failing:
                    log.warning("tick_failed", problem=type(error).__name__)
                failing = True
