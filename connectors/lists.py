"""The three lists of a shop, where a class of the platform's own walks through them."""

from datetime import datetime
from typing import Generic, Protocol, TypeVar

from connectors.reading import reading
from connectors.records import CustomerRecord, OrderRecord, Page, ProductRecord


class Walks(Protocol):
    """A page at a time, from a cursor on, or of what changed at or after ``since``."""

    def products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return products, each with all of its variants."""
        ...

    def customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Return customers."""
        ...

    def orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return the orders that were placed."""
        ...


L = TypeVar("L", bound=Walks)


class Listing(Generic[L]):
    """The list verbs of a connector."""

    _lists: L

    @reading
    def list_products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return a page of products, each with all of its variants."""
        return self._lists.products(cursor, since)

    @reading
    def list_customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Return a page of customers."""
        return self._lists.customers(cursor, since)

    @reading
    def list_orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return a page of the orders that were placed."""
        return self._lists.orders(cursor, since)
