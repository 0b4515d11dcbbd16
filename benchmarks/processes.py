"""Two web processes against one."""

import os
from collections.abc import Collection
from statistics import median

from benchmarks.hot import API, WARM
from benchmarks.load import CONNECTIONS, Load, in_turn
from benchmarks.options import Measured, Options
from benchmarks.report import Found, Row, Run, ratio
from benchmarks.scene import Scene, waiter
from benchmarks.stage import Stage, say, server

WAITING = 10_000
CORES = 4
"""Two for the processes, as the row says, and two for Postgres, Valkey and wrk."""

ROWS = (Row("two", "`GET /status`, two web processes", "one", 1.6, 1.9),)


def measure(stage: Stage, options: Options, wanted: Collection[str]) -> Measured:
    """Ask one process and two in turn, with as many connections a process."""
    say("Two processes against one ...")
    world = stage.world("processes")
    scene = Scene(world)
    queue = scene.queue(WAITING)
    callers = scene.callers(waiter(queue), range(1, WARM + 1))
    path = f"{API}/{queue}/status"
    with server("fanfare", world) as one, server("fanfare", world, 2) as two:
        loads = {
            "status, one process": Load(one, "GET", path, callers),
            "status, two processes": Load(two, "GET", path, callers, connections=2 * CONNECTIONS),
        }
        runs = in_turn(stage, loads, options.rounds, options.seconds)
    found = _found(runs["status, one process"], runs["status, two processes"])
    return Measured([found for row in ROWS if row.name in wanted], runs)


def _found(one: list[Run], two: list[Run]) -> Found:
    """Compare requests a second, or on too few cores what two idle ones would answer.

    That is twice what one answers, by as much less as a request takes more CPU time of two.
    """
    plain = ratio(ROWS[0], two, one)
    by_cpu = [2 * theirs.web_us / ours.web_us for ours, theirs in zip(two, one, strict=True)]
    cores = os.cpu_count() or 1
    if cores >= CORES:
        return plain._replace(by_cpu=median(by_cpu))
    busy = median(run.rate * (run.web_us + run.engines_us) / 1_000_000 for run in two)
    remark = (
        f"judged by CPU time, for {cores} cores are not two idle ones: two processes answered "
        f"{median(plain.values):.2f} times as much as one; they and the engines had {busy:.1f} "
        "cores, wrk the rest."
    )
    return Found(ROWS[0], by_cpu, median(by_cpu), remark)
