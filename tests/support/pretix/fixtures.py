"""The fixture: import ``pretix`` into a conftest, and mark the tests ``xdist_group("pretix")``."""

from collections.abc import Generator

import pytest

from tests.support.engines import short_folder
from tests.support.pretix.shop import PretixShop, running_shop


@pytest.fixture(scope="session")
def pretix() -> Generator[PretixShop]:
    """The real shop; its data stays from test to test, so use names and addresses of your own."""
    with short_folder() as folder, running_shop(folder) as shop:
        yield shop
