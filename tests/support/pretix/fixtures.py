"""The fixture: import ``pretix`` into a conftest, and name it in the tests' files.

However many conftests import it, a run has one shop.
"""

from contextlib import ExitStack

import pytest

from tests.support.engines import short_folder
from tests.support.pretix.shop import PretixShop, running_shop

SHOP = pytest.StashKey[PretixShop]()


@pytest.fixture(scope="session")
def pretix(request) -> PretixShop:
    """The real shop; its data stays from test to test, so use names and addresses of your own."""
    config = request.config
    if SHOP not in config.stash:
        stack = ExitStack()
        config.add_cleanup(stack.close)
        config.stash[SHOP] = stack.enter_context(running_shop(stack.enter_context(short_folder())))
    return config.stash[SHOP]
