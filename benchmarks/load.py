"""Load by wrk: many callers, each with headers of their own."""

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import Run
from benchmarks.stage import Server, Stage, cpu_seconds, say

CONNECTIONS = 64
SCRIPT = Path(__file__).with_name("callers.lua")
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
COUNT = re.compile(r"(\d+) requests in ")
LEAST_GOOD = 0.97
WARM_UPS = 10
BAD = re.compile(r"Non-2xx or 3xx responses: (\d+)")


@dataclass(frozen=True)
class Load:
    """What is asked: a method, a path, a file with a caller's headers in each line.

    ``once`` is how many callers the file has where each is to be used only once.
    """

    server: Server
    method: str
    path: str
    callers: Path | None = None
    once: int = 0
    connections: int = CONNECTIONS


def in_turn(
    stage: Stage, loads: Mapping[str, Load], rounds: int, seconds: int
) -> dict[str, list[Run]]:
    """Run every load once a round, so that all of them see the same machine."""
    for name, load in loads.items():
        _warm_up(stage, name, load)
    found: dict[str, list[Run]] = {name: [] for name in loads}
    for turn in range(rounds):
        for name, load in loads.items():
            # The first callers have warmed the servers up: who enters twice is no entry.
            skip = (turn + 1) * load.once // (rounds + 1)
            found[name].append(run(stage, load, seconds, skip))
            if not found[name][-1].rate:
                sys.exit(f"{name}: nothing was answered in {seconds} s.")
        say(f"  round {turn + 1} of {rounds}")
    return found


def _warm_up(stage: Stage, name: str, load: Load) -> None:
    """Ask for a second, and again while a busy machine answers nothing in that time."""
    for _ in range(WARM_UPS):
        if run(stage, load, 1).rate:
            return
    sys.exit(f"{name}: nothing was answered in {WARM_UPS} s.")


def run(stage: Stage, load: Load, seconds: int, skip: int = 0) -> Run:
    """Ask as fast as possible; every caller from ``skip`` on is used in turn.

    Counts successes only. A busy machine may refuse a few; where it is more than that, or
    anything else is wrong, this ends the program: a refusal is quick, and no result.
    """
    web, engines = load.server.cpu_seconds(), cpu_seconds(stage.engines)
    said = _wrk(load, seconds, skip)
    web, engines = load.server.cpu_seconds() - web, cpu_seconds(stage.engines) - engines
    rate, count = RATE.search(said), COUNT.search(said)
    if rate is None or count is None:
        sys.exit(f"wrk said nothing about {load.path}:\n{said}")
    good = 1 - _refused(said) / max(1, int(count[1]))
    if good < 1:
        say(f"  {load.path}: {1 - good:.1%} were refused")
    if good < LEAST_GOOD:
        sys.exit(f"Too many were refused.\n{said}")
    each = 1_000_000 / max(1, int(count[1]))
    return Run(float(rate[1]) * good, web * each, engines * each)


def _refused(said: str) -> int:
    found = BAD.search(said)
    return 0 if found is None else int(found[1])


def _wrk(load: Load, seconds: int, skip: int) -> str:
    found = shutil.which("wrk")
    if found is None:
        sys.exit(
            "make bench needs wrk: install it with 'apt-get install wrk' or 'brew install wrk'."
        )
    command = [found, "-t1", f"-c{load.connections}", f"-d{seconds}s", "-s", str(SCRIPT)]
    arguments = ["--", load.method, str(load.callers or ""), str(skip)]
    return subprocess.run(
        [*command, load.server.url + load.path, *arguments],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
