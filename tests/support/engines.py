"""Real engines for tests, and databases in them."""

import os
import shutil
import signal
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from integration.kernel.engines import EngineUrls, claim
from integration.kernel.processes import Children
from tests.support.waiting import wait_until

# Nothing outlives a test run, so nothing needs to reach the disk; and the processes of
# several machines meet here, each with the connections of a machine of its own.
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "400",
}


@dataclass(frozen=True)
class RunningEngines:
    """Postgres and Valkey that run, and their process ids, to be killed at will."""

    data_dir: Path
    urls: EngineUrls
    pids: dict[str, int]

    def kill(self, name: str) -> None:
        os.kill(self.pids[name], signal.SIGKILL)


@contextmanager
def running_engines(
    data_dir: Path, postgres_options: Mapping[str, str] | None = None
) -> Generator[RunningEngines]:
    """Run both engines on ``data_dir``; they end with this, or with the process."""
    with claim(data_dir, postgres_options) as engines, (data_dir / "log").open("ab") as log:
        children = Children()
        try:
            pids = {}
            for service in engines.services:
                pids[service.name] = children.start(service, log).process.pid
                wait_until(service.ready, f"{service.name} is ready, see {data_dir}/log")
            yield RunningEngines(data_dir, engines.urls, pids)
        finally:
            children.close()


@contextmanager
def short_folder() -> Generator[Path]:
    """A temporary folder whose path leaves room for a socket's name."""
    folder = Path(tempfile.mkdtemp(prefix="ff-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
