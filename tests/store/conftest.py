"""A stage for lines, on this worker's engines."""

from collections.abc import Generator

import pytest
from sqlalchemy import Engine, create_engine

from integration.store.line.committer import Committer
from integration.store.line.epochs import Epochs
from integration.store.line.mender import Mender
from integration.store.valkey import Valkey, open_valkey
from tests.store.stage import Stage, unlimited


@pytest.fixture
def stage(database_url, clean) -> Generator[Stage]:
    made = Stage(database_url)
    with made.connection:
        yield made


@pytest.fixture
def valkey(redis_url, clean) -> Generator[Valkey]:
    door = open_valkey(redis_url)
    # Nothing here is about time, and a busy machine must not look like a dead Valkey.
    door.client.connection_pool.connection_kwargs["socket_timeout"] = 5
    with door.client:
        yield door


@pytest.fixture
def epochs(valkey) -> Epochs:
    return Epochs(valkey)


@pytest.fixture
def engine(database_url) -> Generator[Engine]:
    made = create_engine(database_url)
    yield made
    made.dispose()


@pytest.fixture
def mender(engine, epochs) -> Mender:
    return Mender(engine, epochs)


@pytest.fixture
def committer(stage, epochs) -> Generator[Committer]:
    made = Committer(stage.url, epochs, unlimited)
    yield made
    made.close()
