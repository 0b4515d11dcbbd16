"""The three lists, page by page."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from connectors.reading import moment
from connectors.records import CustomerRecord, OrderRecord, Page, ProductRecord
from connectors.walks import Walked, by_change
from connectors.woocommerce import read
from connectors.woocommerce.api import Api

MOST = 100
"""The most that WooCommerce gives at once."""
_SECOND = timedelta(seconds=1)


class Lists:
    """Walks through what the REST API lists, ``size`` at a time."""

    def __init__(self, api: Api, size: int) -> None:
        self._api, self._size = api, size

    @cached_property
    def currency(self) -> str:
        """The shop's."""
        return str(self._api.get("data/currencies/current")["code"])

    def products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return products by time of change, with all variations of each."""
        walked = self._changed("products", cursor, since)
        return Page(
            records=tuple(self.product(node) for node in walked.nodes),
            next_cursor=walked.next_cursor,
            total=walked.total,
        )

    def orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return orders by time of change, without those that wait for their payment."""
        walked = self._changed("orders", cursor, since)
        records = (read.order(node) for node in walked.nodes)
        return Page(
            records=tuple(each for each in records if each.placed_at is not None),
            next_cursor=walked.next_cursor,
        )

    def customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:  # noqa: ARG002 - WooCommerce ignores it
        """Return customers, always all of them."""
        number = int(cursor or 1)
        order = {"orderby": "id", "order": "asc", "role": "all"}
        found, total = self._api.page("customers", page=number, per_page=self._size, **order)
        more = number * self._size < total
        return Page(
            records=tuple(read.customer(node) for node in found),
            next_cursor=str(number + 1) if more else None,
            total=total,
        )

    def product(self, node: dict[str, Any]) -> ProductRecord:
        """Read a product, and its variations where it has any."""
        variations = self._variations(node["id"]) if node["type"] == "variable" else []
        return read.product(node, variations, self.currency)

    def _variations(self, product_id: int) -> list[dict[str, Any]]:
        return _all(lambda **page: self._api.page(f"products/{product_id}/variations", **page))

    def _changed(self, path: str, cursor: str | None, since: datetime | None) -> Walked:
        def fetch(at: str | None, number: int, size: int) -> tuple[list[dict[str, Any]], int]:
            after = {"modified_after": _before(at), "dates_are_gmt": True} if at else {}
            order = {"orderby": "modified", "order": "asc"}
            return self._api.page(path, page=number, per_page=size, **order, **after)

        return by_change(fetch, _at, cursor, since, size=self._size, most=MOST)


def _at(node: dict[str, Any]) -> str:
    return str(node["date_modified_gmt"])


def _before(at: str) -> str:
    """Return the second before: ``modified_after`` leaves its own out."""
    return f"{moment(at) - _SECOND:%Y-%m-%dT%H:%M:%S}"


def _all(page: Callable[..., tuple[list[dict[str, Any]], int]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    number = 1
    while True:
        part, total = page(page=number, per_page=MOST)
        found += part
        if not part or len(found) >= total:
            return found
        number += 1
