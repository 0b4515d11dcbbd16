"""The three lists, page by page."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from connectors.records import CustomerRecord, OrderRecord, Page, ProductRecord
from connectors.vendure import queries, read
from connectors.vendure.api import Api
from connectors.vendure.walk import Walk, not_before

_VARIANTS = 1


class Lists:
    """Walks through what the Admin API lists, ``size`` at a time."""

    def __init__(self, api: Api, size: int, field: str) -> None:
        self._api, self._size, self._field = api, size, field

    def products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return products; after those changed themselves, those with a changed variant.

        Vendure leaves a product's ``updatedAt`` alone when a variant's price or stock changes.
        """
        walk = Walk.at(cursor, since)
        changed = {"updatedAt": not_before(walk.since)} if walk.since else {}
        document = queries.VARIANTS if walk.stage == _VARIANTS else queries.PRODUCTS
        found, items, onward = self._fetch(document, walk, changed)
        if walk.stage == _VARIANTS:
            items = _products_of(items, walk.since)
        elif onward is None and walk.since:
            onward = walk.next_stage()
        return Page(
            records=tuple(read.product(item, found) for item in items),
            next_cursor=onward.cursor() if onward else None,
            total=None if walk.since else _total(walk, found),
        )

    def customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Return customers, guests who ordered among them."""
        walk = Walk.at(cursor, since)
        changed = {"updatedAt": not_before(walk.since)} if walk.since else {}
        found, items, onward = self._fetch(queries.CUSTOMERS, walk, changed)
        return Page(
            records=tuple(read.customer(item) for item in items),
            next_cursor=onward.cursor() if onward else None,
            total=_total(walk, found),
        )

    def orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return orders that were placed.

        Placing an order sets Vendure's ``updatedAt`` back to what it was before, so that an
        order counts as changed when it was placed, too.
        """
        walk = Walk.at(cursor, since)
        chosen: dict[str, Any] = {"orderPlacedAt": {"isNull": False}}
        if walk.since:
            when = not_before(walk.since)
            chosen["_or"] = [{"updatedAt": when}, {"orderPlacedAt": when}]
        found, items, onward = self._fetch(queries.orders(self._field), walk, chosen)
        precision = found["globalSettings"]["serverConfig"]["moneyStrategyPrecision"]
        return Page(
            records=tuple(read.listed_order(item, precision, self._field) for item in items),
            next_cursor=onward.cursor() if onward else None,
            total=_total(walk, found),
        )

    def _fetch(
        self, document: str, walk: Walk, chosen: dict[str, Any]
    ) -> tuple[dict[str, Any], Sequence[dict[str, Any]], Walk | None]:
        """Return the answer, its items, and the walk behind them unless it ends here."""
        found = self._api.admin(document, options=walk.options(self._size, chosen))
        items = found["page"]["items"]
        return found, items, walk.after(items) if len(items) == self._size else None


def _products_of(variants: Sequence[dict[str, Any]], since: str | None) -> Sequence[dict[str, Any]]:
    """Return each variant's product once, but for those that the first stage gave."""
    found = {variant["product"]["id"]: variant["product"] for variant in variants}
    return [product for product in found.values() if not since or product["updatedAt"] < since]


def _total(walk: Walk, found: dict[str, Any]) -> int:
    return walk.count + int(found["page"]["totalItems"])
