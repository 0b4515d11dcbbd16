"""A supervisor in a process of its own, to be watched, interrupted and killed."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.support.waiting import wait_until

ROOT = Path(__file__).parents[2]
# `service` runs Python code; `sleeper` says that it is up, and then only waits.
PRELUDE = """
import signal, sys, threading
from pathlib import Path
from integration.kernel.engines import claim, embedded_urls
from integration.kernel.processes import CannotStart, Service, check_port, die_with_parent, run

# Whoever runs the tests may have asked for hangups to be overheard, as `nohup` does.
signal.signal(signal.SIGHUP, signal.SIG_DFL)

def service(name, code, **more):
    return Service(name=name, command=(sys.executable, "-u", "-c", code), **more)

def sleeper(name, **more):
    code = f"import threading; print('up'); threading.Event().wait() # {name}"
    return service(name, code, **more)

def say(text):
    return lambda: print(text, flush=True)
"""


class Supervised:
    """What a supervisor prints, and what it has started."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._family: set[psutil.Process] = set()
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def text(self) -> str:
        return "".join(self.lines)

    def wait_for(self, text: str, times: int = 1) -> None:
        """Wait until it has said ``text``; fail with what it said instead."""
        said = wait_until(lambda: self._said(text, times), f"{text!r}") is True
        assert said, self.text
        self.family()

    def family(self) -> set[psutil.Process]:
        """Every process that it has ever been seen to have, itself included."""
        if self._process.poll() is None:
            me = psutil.Process(self._process.pid)
            self._family |= {me, *me.children(recursive=True)}
        return self._family

    def find(self, word: str) -> psutil.Process:
        """Wait for a living process whose command line holds ``word``; the youngest of them."""
        return wait_until(lambda: self._youngest(word), f"{word!r} among {self._family}")

    def signal(self, number: signal.Signals) -> None:
        self.family()
        self._process.send_signal(number)

    def end(self, seconds: float = 30) -> int:
        """Wait for its end and everybody's; return its exit code."""
        code = self._process.wait(seconds)
        wait_until(self.nobody_left, f"nobody left of {self._family}", seconds)
        self._reader.join()
        return code

    def nobody_left(self) -> bool:
        return not any(map(is_alive, self._family))

    def _said(self, text: str, times: int) -> object:
        ended = not self._reader.is_alive()
        return self.text.count(text) >= times or (ended and "ended without saying it")

    def _youngest(self, word: str) -> psutil.Process | None:
        found = [it for it in self.family() if is_alive(it) and word in command_line(it)]
        return max(found, key=psutil.Process.create_time, default=None)

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout:
            self.lines.extend(self._process.stdout)


def is_alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def start(code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + code, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1"},
    )


@contextmanager
def supervised(code: str, *arguments: str) -> Generator[Supervised]:
    """Run ``code``, which calls ``run``, and leave nothing behind, whatever it does."""
    process = start(code, *arguments)
    house = Supervised(process)
    try:
        yield house
    finally:
        house.family()
        if process.poll() is None:
            process.kill()
        house.end()
