"""The fixture: import ``medusa`` into a test module that is marked ``platforms``.

However many modules import it, a run has one shop.
"""

from contextlib import ExitStack

import pytest

from integration.kernel.engines import EngineUrls
from tests.support import databases
from tests.support.engines import short_folder
from tests.support.medusa.server import running_shop
from tests.support.medusa.shop import MedusaShop

SHOP = pytest.StashKey[MedusaShop]()


@pytest.fixture(scope="session")
def medusa(request, engine_urls, worker_number) -> MedusaShop:
    """The real shop; its data stays from test to test, so use SKUs and addresses of your own."""
    config = request.config
    if SHOP not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        config.stash[SHOP] = _start(stack, engine_urls, f"medusa_{worker_number}")
    return config.stash[SHOP]


def _start(stack: ExitStack, urls: EngineUrls, name: str) -> MedusaShop:
    folder = stack.enter_context(short_folder())
    database_url = databases.create(urls, name, "template1")
    stack.callback(databases.drop, urls, name)
    return stack.enter_context(running_shop(database_url, folder))
