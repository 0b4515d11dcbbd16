"""The fixture: import ``medusa`` into a test module that is marked ``platforms``."""

from contextlib import ExitStack

import pytest

from tests.support.engines import short_folder
from tests.support.medusa.server import running_shop
from tests.support.medusa.shop import MedusaShop
from tests.support.shops import empty_database, of_the_run

SHOP = pytest.StashKey[MedusaShop]()


@pytest.fixture(scope="session")
def medusa(request, engine_urls, worker_number) -> MedusaShop:
    """The real shop; its data stays from test to test, so use SKUs and addresses of your own."""

    def start(stack: ExitStack) -> MedusaShop:
        database = stack.enter_context(empty_database(engine_urls, f"medusa_{worker_number}"))
        return stack.enter_context(running_shop(database, stack.enter_context(short_folder())))

    return of_the_run(request.config, SHOP, start)
