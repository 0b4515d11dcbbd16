"""Waiting for something to come true, with a deadline."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
LOOK_EVERY_SECONDS = 0.02


def wait_until(condition: Callable[[], T], what: str, seconds: float = 30) -> T:
    """Return the first true answer of ``condition``; fail, naming ``what``, if none comes."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        pause.wait(LOOK_EVERY_SECONDS)
    return answer
