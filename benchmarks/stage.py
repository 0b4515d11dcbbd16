"""Where measuring happens: engines of our own, durable as in production, on fresh databases."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection
from pathlib import Path
from threading import Event

import psutil

from integration.kernel.engines import EngineUrls, claim
from integration.kernel.processes import Children
from integration.kernel.settings import Settings
from integration.store import schema
from tests.support import databases
from tests.support.house import free_port

START_SECONDS = 30


@dataclass(frozen=True)
class World:
    """A database and a Valkey of its own, as settings and as an environment."""

    folder: Path
    settings: Settings
    environment: dict[str, str]


@dataclass(eq=False)
class Stage:
    """The running engines, and the worlds made on them so far, by name."""

    folder: Path
    urls: EngineUrls
    engines: list[psutil.Process]
    worlds: dict[str, World] = field(default_factory=dict)

    def world(self, name: str) -> World:
        """Return a migrated, otherwise empty world; the same one for the same name."""
        if name not in self.worlds:
            self.worlds[name] = self._make(name, len(self.worlds))
        return self.worlds[name]

    def _make(self, name: str, number: int) -> World:
        environment = {
            "DATABASE_URL": databases.create(self.urls, f"bench_{name}", "template1"),
            "REDIS_URL": f"{self.urls.redis_url}?db={number}",
        }
        settings = replace(
            Settings.from_env(),
            database_url=environment["DATABASE_URL"],
            redis_url=environment["REDIS_URL"],
        )
        schema.migrate(settings)
        folder = self.folder / f"world_{name}"
        folder.mkdir()
        return World(folder, settings, os.environ | environment)


@dataclass(frozen=True)
class Server:
    """A web server that runs: one of ``benchmarks.apps``."""

    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """Return the CPU time that all its processes have used."""
        return cpu_seconds([self.process])

    def memory(self) -> int:
        """Return the bytes that would be free if its processes ended."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(each.memory_full_info().uss for each in family)


@contextmanager
def stage() -> Generator[Stage]:
    """Run Postgres and Valkey, with the settings of ``fanfare up``, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="ff-") as name, claim(Path(name)) as engines:
        children = Children()
        with (Path(name) / "log").open("ab") as log:
            try:
                running = []
                for service in engines.services:
                    running.append(psutil.Process(children.start(service, log).process.pid))
                    wait(service.ready)
                yield Stage(Path(name), engines.urls, running)
            finally:
                children.close()


@contextmanager
def server(name: str, world: World, workers: int = 1) -> Generator[Server]:
    """Serve one of ``benchmarks.apps`` on a free port until the block ends."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.apps", name, str(port), str(workers)],
        env=world.environment,
    )
    try:
        wait(lambda: answers(port))
        yield Server(f"http://127.0.0.1:{port}", psutil.Process(process.pid))
    finally:
        process.terminate()
        process.wait(10)


def cpu_seconds(processes: list[psutil.Process]) -> float:
    """Return the CPU time of these processes, of their children, and of those that ended."""
    family = [each for one in processes for each in (one, *one.children(recursive=True))]
    return sum(sum(each.cpu_times()[:4]) for each in family)


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
    for _ in range(START_SECONDS * 20):
        if condition():
            return
        pause.wait(0.05)
    sys.exit("A server did not start.")


def say(line: str) -> None:
    """Print at once: the run takes minutes."""
    print(line, flush=True)
