"""Waiting for something to come true, with a deadline."""

import threading
import time
from collections.abc import Callable
from typing import Protocol, TypeVar

T = TypeVar("T")
BUSY = 503


class Answered(Protocol):
    """Whatever has a status."""

    status_code: int


R = TypeVar("R", bound=Answered)
LOOK_EVERY_SECONDS = 0.02
ATTEMPTS = 3


def wait_until(condition: Callable[[], T], what: str, seconds: float = 30) -> T:
    """Return the first true answer of ``condition``; fail, naming ``what``, if none comes."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        pause.wait(LOOK_EVERY_SECONDS)
    return answer


def within(seconds: float, attempt: Callable[[], T]) -> T:
    """Return what an attempt gives that took no longer; one of three must, on a busy machine."""
    for _ in range(ATTEMPTS):
        began = time.monotonic()
        answer = attempt()
        if time.monotonic() - began < seconds:
            return answer
    raise AssertionError(f"none of {ATTEMPTS} attempts took less than {seconds:g} s")


def once_served(ask: Callable[[], R]) -> R:
    """Return the first answer that is not a 503: a busy machine says so, and is asked again."""

    def served() -> list[R]:
        answer = ask()
        return [] if answer.status_code == BUSY else [answer]

    return wait_until(served, "it is served")[0]
