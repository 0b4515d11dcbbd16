"""The three lists, page by page."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any

from connectors.pretix import read
from connectors.pretix.api import PAGE_SIZE, Api
from connectors.records import CustomerRecord, OrderRecord, Page, ProductRecord

TAG = "fanfare"


class Lists:
    """Walks through what the REST API lists, ``size`` at a time."""

    def __init__(self, api: Api, size: int = PAGE_SIZE) -> None:
        self._api, self._size = api, size
        self._vouchers: dict[int, dict[str, Any] | None] = {}

    @cached_property
    def currency(self) -> str:
        """The event's."""
        return str(self._api.get(self._api.of_event())["currency"])

    def products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:  # noqa: ARG002 - pretix keeps no time of an item's change
        """Return items, always all of them."""
        number = int(cursor or 1)
        url = self._api.of_event("items/")
        found, more = self._api.page(url, number, ordering="id", page_size=self._size)
        left = self._left([each["id"] for each in found["results"]])
        return Page(
            records=tuple(self.product(node, left) for node in found["results"]),
            next_cursor=str(number + 1) if more else None,
            total=found["count"],
        )

    def product(self, node: dict[str, Any], left: read.Quotas | None = None) -> ProductRecord:
        """Read an item, and what is left of it."""
        left = self._left([node["id"]]) if left is None else left
        shop = f"{self._api.url}/{self._api.organizer}/{self._api.event}/"
        return read.product(node, self.currency, left, shop)

    def customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:  # noqa: ARG002 - pretix cannot filter by it
        """Return customer accounts, always all of them."""
        number = int(cursor or 1)
        url = self._api.of_organizer("customers/")
        found, more = self._api.page(url, number, page_size=self._size)
        return Page(
            records=tuple(read.customer(node) for node in found["results"]),
            next_cursor=str(number + 1) if more else None,
            total=found["count"],
        )

    def orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return orders by time of change: a cursor is that time, and whose orders it had."""
        begin = json.loads(cursor) if cursor else {"at": since and since.isoformat(), "had": []}
        params = {"modified_since": begin["at"]} if begin["at"] else {}
        url = self._api.of_event("orders/")
        nodes = self._api.every(url, ordering="last_modified", **params)
        ahead = (node for node in nodes if node["code"] not in begin["had"])
        chosen = list(islice(ahead, self._size))
        more = next(ahead, None) is not None
        return Page(
            records=tuple(self.order(node) for node in chosen),
            next_cursor=_following(chosen, begin) if more else None,
        )

    def order(self, node: Mapping[str, Any]) -> OrderRecord:
        """Read an order, and the voucher of ours that it was placed with."""
        ours = (self._voucher(each) for each in read.vouchers(node))
        voucher = next((each for each in ours if each and each["tag"] == TAG), None)
        return read.order(node, self.currency, voucher)

    def _voucher(self, id_: int) -> dict[str, Any] | None:
        if id_ not in self._vouchers:
            self._vouchers[id_] = self._api.find(self._api.of_event(f"vouchers/{id_}/"))
        return self._vouchers[id_]

    def _left(self, items: list[int]) -> read.Quotas:
        if not items:
            return {}
        wanted = ",".join(str(item) for item in items)
        url = self._api.of_event("quotas/")
        return read.quotas(self._api.every(url, items__in=wanted, with_availability="true"))


def _following(nodes: list[dict[str, Any]], begin: dict[str, Any]) -> str:
    """Return where to go on: those of the last moment come again, and are known by their code."""
    at = nodes[-1]["last_modified"]
    had = [node["code"] for node in nodes if node["last_modified"] == at]
    return json.dumps({"at": at, "had": had + (begin["had"] if begin["at"] == at else [])})
