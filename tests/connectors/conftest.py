from collections.abc import Callable, Generator
from contextlib import ExitStack

import pytest

from connectors.base import Connector
from tests.connectors.loopback import Answer, Served, plain, serve
from tests.connectors.real_vendure import SECRET, VendureUnderTest, new_session_token
from tests.support.pretix.fixtures import pretix
from tests.support.vendure.fixtures import vendure

__all__ = ["pretix", "vendure"]


@pytest.fixture(scope="session")
def session_token(vendure) -> str:
    """A session of the shop's administrator: an API key costs Vendure a bcrypt check a call."""
    return new_session_token(vendure)


@pytest.fixture(scope="session")
def received() -> Generator[Served]:
    """Takes the webhooks of the shop, and remembers them."""
    with serve(plain(b"")) as served:
        yield served


@pytest.fixture
def vendure_shop(vendure, session_token, received) -> Generator[VendureUnderTest]:
    """The real shop, posting its webhooks to ``received``."""
    vendure.post_webhooks_to(received.url, SECRET)
    with ExitStack() as stack:
        yield VendureUnderTest(vendure, session_token, received, stack)
    vendure.post_webhooks_to(None, SECRET)


@pytest.fixture
def serving() -> Generator[Callable[[Answer], Served]]:
    """Starts servers that end with the test."""
    with ExitStack() as stack:
        yield lambda answer: stack.enter_context(serve(answer))


@pytest.fixture
def connector(shop) -> Connector:
    """A connection to the module's ``shop``."""
    return shop.connector()
