"""Races on real processes: many callers at once, of several applications."""

import json
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any, NamedTuple

from integration.kernel.settings import Settings

PROCESSES = 4
SECONDS = 60


class Answer(NamedTuple):
    """What one of the callers was told."""

    status: int
    body: dict[str, Any]

    @property
    def code(self) -> str | None:
        return self.body.get("code")


class Racers:
    """Processes that make calls at the same moment."""

    def __init__(self, processes: Sequence["subprocess.Popen[str]"]) -> None:
        self._processes = processes

    def race(self, calls: Sequence[dict[str, Any]]) -> list[Answer]:
        """Make all calls at once, dealt out to the processes; return the answers in order.

        A call is what Flask's test client takes: ``path``, ``method``, ``headers``, ``json``.
        """
        count = len(self._processes)
        for place, process in enumerate(self._processes):
            self._say(process, json.dumps(calls[place::count]))
        assert [process.stdout.readline() for process in self._processes] == ["ready\n"] * count
        for process in self._processes:
            self._say(process, "go")
        shares = [iter(json.loads(process.stdout.readline())) for process in self._processes]
        return [Answer(*next(shares[place % count])) for place in range(len(calls))]

    @staticmethod
    def _say(process: "subprocess.Popen[str]", line: str) -> None:
        process.stdin.write(f"{line}\n")
        process.stdin.flush()


@contextmanager
def starting(settings: Settings, processes: int = PROCESSES) -> Generator[Racers]:
    """Start processes on these engines; they end with the block."""
    command = [sys.executable, "-m", "tests.support.racer", settings.database_url]
    command += [settings.redis_url, str(settings.data_dir)]
    with ExitStack() as stack:
        started = [
            stack.enter_context(
                subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            for _ in range(processes)
        ]
        yield Racers(started)
        for process in started:
            process.stdin.close()
        assert [process.wait(SECONDS) for process in started] == [0] * processes
