"""The three lists, page by page."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from connectors.reading import moment
from connectors.records import CustomerRecord, OrderRecord, Page, ProductRecord
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
        found, following, total = self._changed("products", cursor, since)
        return Page(
            records=tuple(self.product(node) for node in found),
            next_cursor=following,
            total=total,
        )

    def orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return orders by time of change, without those that wait for their payment."""
        found, following, _ = self._changed("orders", cursor, since)
        records = (read.order(node) for node in found)
        return Page(
            records=tuple(each for each in records if each.placed_at is not None),
            next_cursor=following,
        )

    def customers(self, cursor: str | None) -> Page[CustomerRecord]:
        """Return customers; WooCommerce ignores ``modified_after`` here, so always all."""
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

    def _changed(
        self, path: str, cursor: str | None, since: datetime | None
    ) -> tuple[list[dict[str, Any]], str | None, int]:
        """Walk by time of change: of the last second known, everything comes again but those had.

        ``modified_after`` leaves its own second out, and counts in whole ones.
        """
        begin = json.loads(cursor) if cursor else {"at": _whole(since), "had": [], "total": 0}
        after = {"modified_after": _before(begin["at"]), "dates_are_gmt": True}
        params = {"orderby": "modified", "order": "asc", **(after if begin["at"] else {})}
        size, number, seen = min(MOST, self._size + len(begin["had"])), 1, 0
        while True:
            found, total = self._api.page(path, page=number, per_page=size, **params)
            seen += len(found)
            fresh = [node for node in found if node["id"] not in begin["had"]]
            if fresh or not found or seen >= total:
                break
            number += 1
        chosen, all_of_it = fresh[: self._size], begin["total"] or total
        more = seen < total or len(chosen) < len(fresh)
        return chosen, _following(chosen, begin, all_of_it) if more and chosen else None, all_of_it


def _following(fresh: list[dict[str, Any]], begin: dict[str, Any], total: int) -> str:
    at = fresh[-1]["date_modified_gmt"]
    had = [node["id"] for node in fresh if node["date_modified_gmt"] == at]
    had += begin["had"] if begin["at"] == at else []
    return json.dumps({"at": at, "had": had, "total": total})


def _whole(since: datetime | None) -> str | None:
    return None if since is None else f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"


def _before(at: str | None) -> str | None:
    return None if at is None else f"{moment(at) - _SECOND:%Y-%m-%dT%H:%M:%S}"


def _all(page: Callable[..., tuple[list[dict[str, Any]], int]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    number = 1
    while True:
        part, total = page(page=number, per_page=MOST)
        found += part
        if not part or len(found) >= total:
            return found
        number += 1
