"""The three lists, page by page."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from connectors.bigcommerce import read
from connectors.bigcommerce.api import Api
from connectors.records import CustomerRecord, OrderRecord, Page, ProductRecord
from connectors.walks import Walked, by_change

MOST = 250
"""The most that BigCommerce gives at once."""


class Lists:
    """Walks through what the API lists, ``size`` at a time."""

    def __init__(self, api: Api, size: int) -> None:
        self._api, self._size = api, size

    @cached_property
    def store(self) -> dict[str, Any]:
        """What the store says of itself: name, currency, address."""
        return self._api.get("v2/store")

    def products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return products, with all variants of each."""

        def fetch(at: str | None, number: int, size: int) -> tuple[list[dict[str, Any]], int]:
            return self._api.v3_page(
                "catalog/products",
                include="variants,images",
                sort="date_modified",
                direction="asc",
                page=number,
                limit=size,
                **({"date_modified:min": at} if at else {}),
            )

        walked = by_change(fetch, _at, cursor, since, size=self._size, most=MOST)
        return _page(walked, tuple(self.product(node) for node in walked.nodes))

    def product(self, node: Mapping[str, Any]) -> ProductRecord:
        """Read a product, in the store's currency."""
        return read.product(node, self.store["currency"], self.store["secure_url"])

    def customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Return customers."""

        def fetch(at: str | None, number: int, size: int) -> tuple[list[dict[str, Any]], int]:
            return self._api.v3_page(
                "customers",
                sort="date_modified:asc",
                page=number,
                limit=size,
                **({"date_modified:min": at} if at else {}),
            )

        walked = by_change(fetch, _at, cursor, since, size=self._size, most=MOST)
        return _page(walked, tuple(read.customer(node) for node in walked.nodes))

    def orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return orders, without those that were not finished."""

        def fetch(at: str | None, number: int, size: int) -> tuple[list[dict[str, Any]], None]:
            after = {"min_date_modified": at} if at else {}
            order = {"sort": "date_modified:asc", "page": number, "limit": size}
            return self._api.v2_list("orders", **order, **after), None

        walked = by_change(fetch, _posted, cursor, since, size=self._size, most=MOST)
        wanted = (node for node in walked.nodes if read.order(node, []).placed_at is not None)
        return _page(walked, tuple(self.order(node) for node in wanted))

    def order(self, node: Mapping[str, Any]) -> OrderRecord:
        """Read an order and what was bought, which is a list of its own."""
        return read.order(node, self._api.v2_list(f"orders/{node['id']}/products", limit=MOST))


def _page(walked: Walked, records: tuple[Any, ...]) -> Page[Any]:
    return Page(records=records, next_cursor=walked.next_cursor, total=walked.total)


def _at(node: dict[str, Any]) -> str:
    return str(node["date_modified"])


def _posted(node: dict[str, Any]) -> str:
    return read.posted(node["date_modified"]).isoformat()
