"""Measure side by side: ``python -m benchmarks [--rounds 5] [--seconds 3]``."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Event
from typing import NamedTuple

from benchmarks.load import Load, run
from benchmarks.scene import Scene, waiter
from integration.kernel.engines import claim
from integration.kernel.processes import Children
from integration.kernel.settings import Settings
from integration.runtime import build
from integration.store import schema
from tests.support.house import free_port

WAITING = 100_000
WARM = 2_000
FRESH = 150_000


class Row(NamedTuple):
    """One line of the table: a work, what it is held against, and the least ratio."""

    name: str
    against: str
    floor: float
    goal: float


ROWS = (
    Row("line", "constant", 0.80, 3),
    Row("status, warm tokens", "constant", 0.35, 1),
    Row("status, cold tokens", "constant", 0.20, 1),
    Row("enter", "constant", 0.25, 0.9),
    Row("enter", "enter, one transaction each", 2.5, 8),
)


def main() -> None:
    """Print requests a second, and the ratios that the design asks for."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds of all loads in turn")
    parser.add_argument("--seconds", type=int, default=3, help="seconds a load and round")
    options = parser.parse_args()
    with stage() as (folder, settings):
        rates = measure(folder, settings, options.rounds, options.seconds)
    report(rates)


@contextmanager
def stage() -> Generator[tuple[Path, Settings]]:
    """Run engines of our own, durable as in production, on a fresh database."""
    with tempfile.TemporaryDirectory(prefix="ff-") as name, claim(Path(name)) as engines:
        children = Children()
        with (Path(name) / "log").open("ab") as log:
            try:
                for service in engines.services:
                    children.start(service, log)
                    wait(service.ready)
                os.environ["DATABASE_URL"] = engines.urls.database_url
                os.environ["REDIS_URL"] = engines.urls.redis_url
                settings = Settings.from_env()
                schema.migrate(settings)
                yield Path(name), settings
            finally:
                children.close()


def measure(folder: Path, settings: Settings, rounds: int, seconds: int) -> dict[str, list[float]]:
    """Run every load once a round, so that all of them see the same machine."""
    say(f"Preparing: {WAITING:,} waiting, {FRESH:,} about to enter ...")
    scene = Scene(build(settings), folder)
    queue, fresh = scene.queue(WAITING), scene.queue()
    other = scene.queue()
    waiting = scene.callers(waiter(queue), WAITING)
    warm = folder / "warm"
    warm.write_text("\n".join(waiting.read_text().splitlines()[:WARM]) + "\n")
    scene.people("cons_n", FRESH)
    entering = scene.callers("cons_n", FRESH)
    rates: dict[str, list[float]] = {}
    with server("constant") as constant, server("fanfare") as fanfare, server("one_by_one") as slow:
        api = "/api/v1/queues"
        loads = {
            "constant": Load("GET", f"{constant}/"),
            "line": Load("GET", f"{fanfare}{api}/{queue}/line"),
            "status, warm tokens": Load("GET", f"{fanfare}{api}/{queue}/status", warm),
            "status, cold tokens": Load("GET", f"{fanfare}{api}/{queue}/status", waiting),
            "enter": Load("POST", f"{fanfare}{api}/{fresh}/enter", entering),
            "enter, one transaction each": Load("POST", f"{slow}{api}/{other}/enter", entering),
        }
        for name, load in loads.items():
            run(load, 1)
            say(f"  warmed up: {name}")
        for turn in range(rounds):
            for name, load in loads.items():
                # The first callers have warmed the servers up: who enters twice is no entry.
                skip = (turn + 1) * (FRESH if "enter" in name else WAITING) // (rounds + 1)
                skip = skip if load.callers not in {None, warm} else 0
                rates.setdefault(name, []).append(run(load, seconds, skip))
            say(f"  round {turn + 1} of {rounds}")
    return rates


@contextmanager
def server(name: str) -> Generator[str]:
    """Run one of ``benchmarks.apps`` on a free port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.apps", name, str(port)])
    try:
        wait(lambda: answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)


def answers(port: int) -> bool:
    """Tell whether something serves HTTP there."""
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


def wait(condition: Callable[[], object]) -> None:
    """Wait up to half a minute for something to come true."""
    pause = Event()
    for _ in range(600):
        if condition():
            return
        pause.wait(0.05)
    sys.exit("A server did not start.")


def report(rates: dict[str, list[float]]) -> None:
    """Print the medians, their spread, and the ratios beside floor and goal."""
    say("\nrequests a second (median, lowest to highest round)")
    for name, found in rates.items():
        say(f"  {name:30} {median(found):10,.0f}   {min(found):,.0f} to {max(found):,.0f}")
    say("\nratio                                                      found   floor    goal")
    for row in ROWS:
        pairs = zip(rates[row.name], rates[row.against], strict=True)
        ratio = median(mine / theirs for mine, theirs in pairs)
        verdict = "ok" if ratio >= row.floor else "BELOW ITS FLOOR"
        title = f"{row.name} / {row.against}"
        say(f"  {title:54} {ratio:7.2f} {row.floor:7.2f} {row.goal:7.2f}   {verdict}")


def say(line: str) -> None:
    """Print at once: the run takes minutes."""
    print(line, flush=True)


if __name__ == "__main__":
    main()
