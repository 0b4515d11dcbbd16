from collections.abc import Iterator

import pytest

from tests.support.house import House, house
from tests.support.pretix.fixtures import pretix
from tests.support.vendure.fixtures import vendure

__all__ = ["pretix", "vendure"]


@pytest.fixture(scope="module")
def running() -> Iterator[House]:
    """A whole service, in processes of its own."""
    with house() as found:
        yield found
