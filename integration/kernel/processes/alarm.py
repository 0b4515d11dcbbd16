"""Signals as something to wait for."""

import contextlib
import os
import select
import signal
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType


class Stopped(BaseException):
    """Somebody asked us to stop while a step was running."""


class Alarm:
    """Counts requests to stop, and wakes the main thread at those and at a child's death."""

    def __init__(self, on_second: Callable[[], None]) -> None:
        self.requests = 0
        self._on_second = on_second
        self._interrupts = False
        self._reader, self._writer = os.pipe()
        for end in (self._reader, self._writer):
            os.set_blocking(end, False)

    def wait(self, seconds: float | None) -> None:
        """Return at the next signal, or after ``seconds``."""
        select.select([self._reader], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            while os.read(self._reader, 4096):
                pass

    @contextmanager
    def interrupting(self) -> Generator[None]:
        """Let a request to stop break into what runs inside, as ``Stopped``."""
        self._interrupts = True
        try:
            if self.requests:
                raise Stopped
            yield
        finally:
            self._interrupts = False

    @contextmanager
    def armed(self) -> Generator[None]:
        """Take over the signals for as long as this lasts; only in the main thread."""
        before = {number: signal.signal(number, self._stop) for number in self._stop_signals()}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        old_fd = signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(old_fd)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(self._reader)
            os.close(self._writer)

    @staticmethod
    def _stop_signals() -> list[signal.Signals]:
        # `nohup` asks for the end of the terminal to be overheard.
        hangup = [] if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN else [signal.SIGHUP]
        return [signal.SIGINT, signal.SIGTERM, *hangup]

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.requests += 1
        if self.requests > 1:
            self._on_second()
        if self._interrupts:
            self._interrupts = False
            raise Stopped
