"""The application on real engines, as the API's tests have it, and really listening."""

from collections.abc import Generator

import pytest

from tests.api.conftest import app, client, listener, merchant, rt, settings, shared_runtime
from tests.support.serving import serving

__all__ = ["app", "client", "listener", "merchant", "rt", "settings", "shared_runtime"]


@pytest.fixture
def address(app, rt) -> Generator[str]:
    """The address of a server that really listens."""
    with serving(app) as url:
        yield url
