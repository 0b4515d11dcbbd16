"""What every test may ask for: real engines, a database, a Valkey, both empty."""

import itertools
import signal
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis

from integration.kernel.engines import EngineUrls, embedded_urls
from integration.kernel.processes import die_with_parent
from tests.support import databases
from tests.support.engines import FORGETFUL, RunningEngines, running_engines, short_folder
from tests.support.scheduling import ByFile

ENGINES = pytest.StashKey[RunningEngines]()
DATA_DIR = "fanfare_data_dir"


def pytest_configure(config: pytest.Config) -> None:
    """However the run ends, nothing of it stays: neither processes nor folders."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if hasattr(config, "workerinput"):
        die_with_parent()


def start_engines(config: pytest.Config) -> RunningEngines:
    """Return the one pair of engines of this run, started the first time anybody asks."""
    if ENGINES not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        folder = stack.enter_context(short_folder())
        config.stash[ENGINES] = stack.enter_context(running_engines(folder, FORGETFUL))
        databases.make_template(config.stash[ENGINES].urls)
    return config.stash[ENGINES]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> ByFile:
    """Keep files together."""
    return ByFile(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    """Start the engines in xdist's controller, and tell each of its workers where they are."""
    node.workerinput[DATA_DIR] = str(start_engines(node.config).data_dir)


@pytest.fixture(scope="session")
def engine_urls(request) -> EngineUrls:
    """The engines that all workers share."""
    told = getattr(request.config, "workerinput", {}).get(DATA_DIR)
    return embedded_urls(Path(told)) if told else start_engines(request.config).urls


@pytest.fixture(scope="session")
def worker_number(request) -> int:
    """0 without xdist, else 1 and up."""
    name = getattr(request.config, "workerinput", {}).get("workerid", "")
    return int(name.removeprefix("gw")) + 1 if name else 0


@pytest.fixture(scope="session")
def database_url(engine_urls, worker_number) -> Generator[str]:
    """This worker's own database, migrated."""
    with databases.database(engine_urls, f"worker_{worker_number}") as url:
        yield url


@pytest.fixture(scope="session")
def redis_url(engine_urls, worker_number) -> str:
    """This worker's own Valkey database; FLUSHDB is its own affair, FLUSHALL is not."""
    return f"{engine_urls.redis_url}?db={worker_number}"


@pytest.fixture
def fresh_database(engine_urls, worker_number) -> Generator[Callable[[], str]]:
    """Makes further databases, migrated and empty, dropped after the test."""
    numbers = itertools.count(1)
    with ExitStack() as stack:
        yield lambda: stack.enter_context(
            databases.database(engine_urls, f"fresh_{worker_number}_{next(numbers)}")
        )


@pytest.fixture
def clean(database_url, redis_url) -> None:
    """Nothing in this worker's database and Valkey when the test begins."""
    databases.empty(database_url)
    with redis.Redis.from_url(redis_url) as valkey:
        valkey.flushdb()
