"""What a supervised program is."""

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass

Step = Callable[[], object]
"""Something to do between two starts, such as migrating; what it raises stops everything."""


class CannotStart(Exception):
    """Something on this machine is in the way; the text is one line, and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A program to keep running.

    ``environment`` replaces ours (None: ours). What comes after it in a plan waits until
    ``ready`` answers True, at most ``ready_seconds``. ``stop_signal`` asks it to end; after
    ``stop_seconds`` it is killed. ``keep_open`` are file descriptors it inherits.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] | None = None
    ready: Callable[[], bool] | None = None
    ready_seconds: float = 60
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10
    keep_open: tuple[int, ...] = ()
