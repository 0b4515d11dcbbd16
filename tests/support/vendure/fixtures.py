"""The fixture: import ``vendure`` into a conftest, and name it in the tests' files.

However many conftests import it, a run has one shop.
"""

from contextlib import ExitStack

import pytest

from integration.kernel.engines import EngineUrls
from tests.support import databases
from tests.support.engines import short_folder
from tests.support.vendure.shop import VendureShop, running_shop

SHOP = pytest.StashKey[VendureShop]()


@pytest.fixture(scope="session")
def vendure(request, engine_urls, worker_number) -> VendureShop:
    """The real shop; its data stays from test to test, so use SKUs and addresses of your own."""
    config = request.config
    if SHOP not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        config.stash[SHOP] = _start(stack, engine_urls, f"vendure_{worker_number}")
    return config.stash[SHOP]


def _start(stack: ExitStack, urls: EngineUrls, name: str) -> VendureShop:
    folder = stack.enter_context(short_folder())
    database_url = databases.create(urls, name, "template1")
    stack.callback(databases.drop, urls, name)
    return stack.enter_context(running_shop(database_url, folder))
