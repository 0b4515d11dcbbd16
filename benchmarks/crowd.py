"""What a crowd costs: the same work with 1 000 000 waiting as with 1 000, and its memory."""

from collections.abc import Collection
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.hot import API, ENTRIES_A_SECOND
from benchmarks.load import Load, in_turn, run
from benchmarks.options import Measured, Options
from benchmarks.report import Found, Row, ratio
from benchmarks.scene import Scene, waiter
from benchmarks.stage import Server, Stage, say, server

CROWD = 1_000_000
FEW = 1_000
TOKENS = 70_000
"""More than the 65 536 that a process remembers."""

MIB = 1 << 20

ROWS = (
    Row("enter-crowd", "`POST /enter`, 1 000 000 in the line", "with 1 000", 0.8, 0.95),
    Row("status-crowd", "`GET /status`, 1 000 000 waiting", "with 1 000", 0.8, 0.95),
    Row(
        "memory",
        "a process's memory, 1 000 000 waiting",
        "with 1 000, the same calls",
        64,
        8,
        " MiB more",
        at_most=True,
    ),
)


class Line(NamedTuple):
    """A queue with people in it, and ``FEW`` of these, evenly spread, to ask for it."""

    scene: Scene
    queue: str
    waiting: int

    @property
    def status(self) -> str:
        """Return the path of its status."""
        return f"{API}/{self.queue}/status"

    def some(self, count: int = FEW, name: str = "some") -> Path:
        """Return the file of so many callers, evenly spread over the line."""
        step = self.waiting // count
        numbers = range(1, self.waiting + 1, step)[:count]
        return self.scene.callers(waiter(self.queue), numbers, name)


@cache
def line(stage: Stage, waiting: int) -> Line:
    """Return a line of this length, in a world of its own; made once."""
    say(f"  making a line of {waiting:,} ...")
    scene = Scene(stage.world(f"of_{waiting}"))
    return Line(scene, scene.queue(waiting), waiting)


def measure(stage: Stage, options: Options, wanted: Collection[str]) -> Measured:
    """Compare a crowd with a few."""
    say(f"A crowd of {CROWD:,} ...")
    found: list[Found] = []
    speeds = [row for row in ROWS if row.name in wanted and row.name != "memory"]
    runs = _speeds(stage, options, {row.name for row in speeds}) if speeds else {}
    for row in speeds:
        name = row.name.removesuffix("-crowd")
        found.append(ratio(row, runs[f"{name}, {CROWD:,}"], runs[f"{name}, {FEW:,}"]))
    if "memory" in wanted:
        found.append(_memory(stage, options))
    return Measured(found, runs)


def _speeds(stage: Stage, options: Options, names: Collection[str]) -> dict[str, list]:
    loads: dict[str, Load] = {}
    count = ENTRIES_A_SECOND * options.seconds * (options.rounds + 1)
    with ExitStack() as servers:
        for at in (line(stage, FEW), line(stage, CROWD)):
            running = servers.enter_context(server("fanfare", at.scene.world))
            if "status-crowd" in names:
                loads[f"status, {at.waiting:,}"] = Load(running, "GET", at.status, at.some())
            if "enter-crowd" in names:
                at.scene.people("cons_n", count)
                entering = at.scene.callers("cons_n", range(1, count + 1))
                path = f"{API}/{at.queue}/enter"
                loads[f"enter, {at.waiting:,}"] = Load(running, "POST", path, entering, count)
        return in_turn(stage, loads, options.rounds, options.seconds)


def _memory(stage: Stage, options: Options) -> Found:
    """Compare processes that have just started and were asked the same, round by round."""
    few, crowd = line(stage, FEW), line(stage, CROWD)
    more = []
    for turn in range(options.rounds):
        more.append(_grown(stage, crowd, options) - _grown(stage, few, options))
        say(f"  memory, round {turn + 1} of {options.rounds}")
    full = _full(stage, crowd, options)
    remark = (
        f"with its cache full, 65 536 tokens of as many people, a process has {full:.0f} MiB more."
    )
    return Found(ROWS[2], more, remark=remark)


def _full(stage: Stage, at: Line, options: Options) -> float:
    """Return how many MiB a process grows by when it is asked by more people than it remembers."""
    everybody = at.some(TOKENS, "many")
    with server("fanfare", at.scene.world) as running:
        before, asked = _asked(stage, running, at, options), 0
        while asked < TOKENS:
            load = Load(running, "GET", at.status, everybody)
            asked += int(run(stage, load, options.seconds, asked).rate * options.seconds)
        return running.memory() / MIB - before


def _grown(stage: Stage, at: Line, options: Options) -> float:
    with server("fanfare", at.scene.world) as running:
        return _asked(stage, running, at, options)


def _asked(stage: Stage, running: Server, at: Line, options: Options) -> float:
    """Return the MiB that a process has after it was asked for its line and for places in it."""
    asked = [
        Load(running, "GET", f"{API}/{at.queue}/line"),
        Load(running, "GET", at.status, at.some()),
    ]
    taken = []
    for _ in range(2):
        for load in asked:
            run(stage, load, options.seconds)
        taken.append(running.memory() / MIB)
    return median(taken)
