"""Real shops: each is started when a test first asks for it, and serves the whole run."""

import subprocess
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
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


def prepare(
    command: Sequence[str | Path],
    environment: Mapping[str, str],
    *,
    seconds: int,
    cwd: Path | None = None,
) -> None:
    """Run a program that makes a shop ready; fail with what it said."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    assert done.returncode == 0, f"{command}:\n{done.stdout[-2000:]}{done.stderr[-3000:]}"


@contextmanager
def empty_database(urls: EngineUrls, name: str) -> Generator[str]:
    """Lend a shop an empty database on the embedded Postgres."""
    address = databases.create(urls, name, "template1")
    try:
        yield address
    finally:
        databases.drop(urls, name)
