"""The fixture: import ``pretix`` into a conftest, and name it in the tests' files."""

from contextlib import ExitStack

import pytest

from tests.support.engines import short_folder
from tests.support.pretix.shop import PretixShop, running_shop
from tests.support.shops import of_the_run

SHOP = pytest.StashKey[PretixShop]()


@pytest.fixture(scope="session")
def pretix(request) -> PretixShop:
    """The real shop; its data stays from test to test, so use names and addresses of your own."""

    def start(stack: ExitStack) -> PretixShop:
        return stack.enter_context(running_shop(stack.enter_context(short_folder())))

    return of_the_run(request.config, SHOP, start)
