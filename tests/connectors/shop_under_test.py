"""A shop as the conformance tests want it, and the words they use about it."""

import itertools
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Protocol

from connectors.base import Connector
from connectors.records import Checkout, Page
from integration.kernel.clock import SystemClock

PAGE_SIZE = 3
Delivery = tuple[dict[str, str], bytes]


class ShopUnderTest(Protocol):
    """A shop, and how a test plays everybody but us in it."""

    secrets: tuple[str, ...]

    def connector(self, *, clock=None, **credentials: str) -> Connector:
        """Connect with good credentials but for those given, three records to a page."""

    def busy_connector(self, retry_after: int) -> Connector:
        """Connect to where everybody is asked to wait."""

    def unreachable_connector(self) -> Connector:
        """Connect to where nobody answers."""

    def add_product(self, sku: str, price: Decimal) -> str:
        """Put a product with one variant on sale; return its id."""

    def change_product(self, external_id: str) -> None:
        """Change something about a product."""

    def add_customer(self, email: str) -> str:
        """Register a customer; return the id."""

    def buy(self, checkout: Checkout) -> Delivery:
        """Go through the checkout as its shopper; return the webhook that the shop sent."""

    def cancel(self, checkout: Checkout) -> Delivery:
        """Cancel that order as the merchant; return the webhook."""


@dataclass
class StoppedClock:
    """A clock that stands where it is told."""

    at: datetime

    def now(self) -> datetime:
        return self.at


_numbers = itertools.count(1)


def sku() -> str:
    return f"CONFORM-{next(_numbers)}"


def new_handle() -> str:
    return f"hnd_conform{next(_numbers)}"


def email() -> str:
    return f"conform{next(_numbers)}@example.test"


def a_new_moment() -> datetime:
    """Return a moment after all that was done before it, for shops that count milliseconds."""
    threading.Event().wait(0.01)
    now = SystemClock().now()
    threading.Event().wait(0.01)
    return now


def walk(
    read: Callable[[str | None, datetime | None], Page[Any]],
    since: datetime | None = None,
    meanwhile: Callable[[Page[Any]], None] = lambda _: None,
) -> list[Any]:
    """Read page after page, and do something ``meanwhile`` after the first."""
    page = read(None, since)
    meanwhile(page)
    records = list(page.records)
    while page.next_cursor is not None:
        page = read(page.next_cursor, since)
        assert len(page.records) <= PAGE_SIZE
        records += page.records
    return records


def ids(records) -> list[str]:
    return [record.external_id for record in records]
