"""Real shops: each is started when a test first asks for it, and serves the whole run."""

from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from typing import TypeVar

import pytest

from integration.kernel.engines import EngineUrls
from tests.support import databases

S = TypeVar("S")


def of_the_run(
    config: pytest.Config, key: pytest.StashKey[S], start: Callable[[ExitStack], S]
) -> S:
    """Return the run's only shop of a kind, however many modules import its fixture."""
    if key not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        config.stash[key] = start(stack)
    return config.stash[key]


@contextmanager
def empty_database(urls: EngineUrls, name: str) -> Generator[str]:
    """Lend a shop an empty database on the embedded Postgres."""
    address = databases.create(urls, name, "template1")
    try:
        yield address
    finally:
        databases.drop(urls, name)
