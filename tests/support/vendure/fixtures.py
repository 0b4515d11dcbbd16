"""The fixture: import ``vendure`` into a conftest, and name it in the tests' files."""

from contextlib import ExitStack

import pytest

from tests.support.engines import short_folder
from tests.support.shops import empty_database, of_the_run
from tests.support.vendure.shop import VendureShop, running_shop

SHOP = pytest.StashKey[VendureShop]()


@pytest.fixture(scope="session")
def vendure(request, engine_urls, worker_number) -> VendureShop:
    """The real shop; its data stays from test to test, so use SKUs and addresses of your own."""

    def start(stack: ExitStack) -> VendureShop:
        database = stack.enter_context(empty_database(engine_urls, f"vendure_{worker_number}"))
        return stack.enter_context(running_shop(database, stack.enter_context(short_folder())))

    return of_the_run(request.config, SHOP, start)
