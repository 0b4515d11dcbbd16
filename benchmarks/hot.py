"""The three routes of a launch against a Flask view that returns a constant."""

from collections.abc import Collection, Iterator
from contextlib import ExitStack

from benchmarks.load import Load, in_turn
from benchmarks.options import Measured, Options
from benchmarks.report import Found, Row, ratio
from benchmarks.scene import Scene, waiter
from benchmarks.stage import Stage, say, server

WAITING = 100_000
WARM = 2_000
ENTRIES_A_SECOND = 9_000
API = "/api/v1/queues"
VIEW = "a constant Flask view"

ROWS = (
    Row("line", "`GET /line`", VIEW, 0.80, 3),
    Row("status", "`GET /status`, warm tokens", VIEW, 0.35, 1),
    Row("cold", "`GET /status`, cold tokens", VIEW, 0.20, 1),
    Row("enter", "`POST /enter`, warm tokens", VIEW, 0.25, 0.9),
    Row("enter-cold", "`POST /enter`, cold tokens", VIEW, 0.25, 0.9),
    Row("alone", "`POST /enter`, cold tokens", "one transaction each", 2.5, 8),
)
NEEDED = {
    "line": {"constant", "line"},
    "status": {"constant", "status"},
    "cold": {"constant", "cold"},
    "enter": {"constant", "enter"},
    "enter-cold": {"constant", "enter-cold"},
    "alone": {"alone", "enter-cold"},
}
TITLES = {
    "constant": "constant view",
    "line": "line",
    "status": "status, warm tokens",
    "cold": "status, cold tokens",
    "enter": "enter, warm tokens",
    "enter-cold": "enter, cold tokens",
    "alone": "enter, cold tokens, one transaction each",
    "guest": "guest session",
}


def measure(stage: Stage, options: Options, wanted: Collection[str]) -> Measured:
    """Run what the wanted rows need, all of it once a round."""
    say(f"The hot routes, {WAITING:,} waiting ...")
    names = set().union(*(NEEDED[name] for name in wanted))
    with ExitStack() as servers:
        loads = dict(_loads(servers, stage, options, names))
        runs = in_turn(stage, loads, options.rounds, options.seconds)
    found = [_found(row, runs) for row in ROWS if row.name in wanted]
    return Measured(found, {TITLES[name]: each for name, each in runs.items()})


def _found(row: Row, runs: dict[str, list]) -> Found:
    if row.name == "alone":
        return ratio(row, runs["enter-cold"], runs["alone"])
    return ratio(row, runs[row.name], runs["constant"])


def _loads(
    servers: ExitStack, stage: Stage, options: Options, names: Collection[str]
) -> Iterator[tuple[str, Load]]:
    world = stage.world("hot")
    scene = Scene(world)
    queue, fresh, other = scene.queue(WAITING), scene.queue(), scene.queue()
    fanfare = servers.enter_context(server("fanfare", world))
    if "constant" in names:
        yield "constant", Load(servers.enter_context(server("constant", world)), "GET", "/")
    if "line" in names:
        yield "line", Load(fanfare, "GET", f"{API}/{queue}/line")
    status = f"{API}/{queue}/status"
    if "status" in names:
        warm = scene.callers(waiter(queue), range(1, WARM + 1), "warm")
        yield "status", Load(fanfare, "GET", status, warm)
    if "cold" in names:
        everybody = scene.callers(waiter(queue), range(1, WAITING + 1))
        yield "cold", Load(fanfare, "GET", status, everybody, once=WAITING)
    count = ENTRIES_A_SECOND * options.seconds * (options.rounds + 1)
    if "enter" in names:
        scene.people("cons_m", WARM)
        paths = [f"{API}/{scene.queue()}/enter" for _ in range(-(-count // WARM))]
        entering = scene.everywhere("cons_m", WARM, paths)
        yield "enter", Load(fanfare, "POST", "/", entering, once=count)
        yield "guest", Load(fanfare, "POST", "/api/v1/auth/guest", scene.page())
    if "enter-cold" in names:
        scene.people("cons_n", count)
        entering = scene.callers("cons_n", range(1, count + 1))
        yield "enter-cold", Load(fanfare, "POST", f"{API}/{fresh}/enter", entering, once=count)
    if "alone" in names:
        slow = servers.enter_context(server("one_by_one", world))
        yield "alone", Load(slow, "POST", f"{API}/{other}/enter", entering, once=count)
