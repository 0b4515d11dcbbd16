"""A runtime on real engines, and what jobs have to do with."""

from collections.abc import Generator

import pytest

from integration.kernel.settings import Settings
from integration.runtime import Runtime
from tests.api.conftest import make_settings
from tests.support.launches import Merchant, make_merchant
from tests.support.patience import build_patient


@pytest.fixture(scope="session")
def settings(database_url, redis_url, tmp_path_factory) -> Settings:
    """Development settings on this worker's engines."""
    return make_settings(database_url, redis_url, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def shared_runtime(settings) -> Generator[Runtime]:
    """One runtime a worker: what it holds in memory is keyed by ids that never repeat."""
    rt = build_patient(settings)
    yield rt
    rt.close()


@pytest.fixture
def rt(shared_runtime, clean) -> Runtime:
    """A runtime on an empty database."""
    return shared_runtime


@pytest.fixture
def merchant(rt) -> Merchant:
    """An organization with live keys of every scope."""
    return make_merchant(rt)


@pytest.fixture
def clock_runtime(rt, settings) -> Generator[Runtime]:
    """A runtime that a clock may change the connections of."""
    own = build_patient(settings)
    yield own
    own.close()
