"""Keeping a server that fails, or hangs, from holding up everybody else in this process.

A breaker lets nobody call for a while once calls have failed in a row; then one goes first, and
what becomes of it decides for the others. A bulkhead lets so many call at once, and no more.
"""

from collections import OrderedDict
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

FAILURES = 5
"""In a row: somebody who fails now and then is called all the same."""

FIRST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 60.0
PROBE_SECONDS = 30.0
"""How long the others wait for the one that goes first."""

AT_ONCE = 16
TURN_SECONDS = 1.0
MOST = 10_000


class NotNow(Exception):
    """The other side has failed, or has its hands full; ``seconds`` until trying makes sense."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Not before {seconds:.1f} s.")
        self.seconds = seconds


class Breaker:
    """The breaker and bulkhead of one server, for the threads of this process."""

    def __init__(self, now: Callable[[], float] = monotonic, at_once: int = AT_ONCE) -> None:
        self._now, self._lock, self._places = now, Lock(), BoundedSemaphore(at_once)
        self._failures, self._pauses, self._until, self._probing = 0, 0, 0.0, False

    @contextmanager
    def turn(self) -> Generator[None]:
        """Call inside of this, and say what came of it. Raises ``NotNow``."""
        if not self._places.acquire(timeout=TURN_SECONDS):
            raise NotNow(TURN_SECONDS)
        try:
            self._begin()
            yield
        finally:
            self._places.release()

    def answered(self) -> None:
        """Say that the server does its work."""
        with self._lock:
            self._failures, self._pauses, self._until, self._probing = 0, 0, 0.0, False

    def failed(self) -> None:
        """Say that it did not answer, or that it failed."""
        with self._lock:
            self._failures += 1
            resting = self._until > self._now() and not self._probing
            if self._failures >= FAILURES and not resting:
                pause = min(FIRST_PAUSE_SECONDS * 2**self._pauses, LONGEST_PAUSE_SECONDS)
                self._until, self._probing = self._now() + pause, False
                self._pauses = min(self._pauses + 1, 10)

    def _begin(self) -> None:
        with self._lock:
            wait = self._until - self._now()
            if wait > 0:
                raise NotNow(wait)
            if self._failures >= FAILURES:
                self._until, self._probing = self._now() + PROBE_SECONDS, True


class Breakers:
    """A breaker for each server by its name; of very many, the longest unused are forgotten."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Breaker] = OrderedDict()
        self._lock = Lock()

    def of(self, name: str) -> Breaker:
        """Return the breaker of this name, the same one each time."""
        with self._lock:
            found = self._known.setdefault(name, Breaker())
            self._known.move_to_end(name)
            if len(self._known) > MOST:
                self._known.popitem(last=False)
            return found
