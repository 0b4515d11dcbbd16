"""The three lists, page by page."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final, TypeVar

from connectors.base import ConnectorError, PlatformRefused
from connectors.medusa import read
from connectors.medusa.api import Api
from connectors.reading import moment
from connectors.records import CustomerRecord, OrderRecord, Page, ProductRecord
from connectors.walks import Walked, by_change

R = TypeVar("R", ProductRecord, CustomerRecord, OrderRecord)

PAGE_SIZE = 100
MOST = 2000
"""What an import wrote in one transaction has one time; so much of it is read in one page."""
TIMESPEC: Final = "milliseconds"
PRODUCT = (
    "id,title,description,thumbnail,updated_at,*variants,*variants.prices,"
    "*variants.inventory_items,*variants.inventory_items.inventory.location_levels"
)
CUSTOMER = "id,email,phone,first_name,last_name,updated_at"
ORDER = (
    "id,status,payment_status,total,currency_code,email,metadata,created_at,updated_at,"
    "*items,cart.id"
)


class Lists:
    """Walks through what the Admin API lists, ``size`` at a time."""

    def __init__(self, api: Api, size: int) -> None:
        self._api, self._size = api, size

    @cached_property
    def store(self) -> dict[str, Any]:
        """What the shop says of itself."""
        fields = "id,name,default_region_id,*supported_currencies"
        return dict(self._api.admin("stores", fields=fields)["stores"][0])

    @property
    def currency(self) -> str:
        """The shop's own."""
        for each in self.store["supported_currencies"]:
            if each["is_default"]:
                return str(each["currency_code"]).upper()
        raise ConnectorError("The shop has no default currency: choose one in its settings.")

    @property
    def region(self) -> str:
        """The one to sell in: the shop's default, else its oldest."""
        chosen = self.store["default_region_id"]
        if chosen:
            return str(chosen)
        found = self._api.admin("regions", fields="id", order="created_at", limit=1)["regions"]
        if not found:
            raise PlatformRefused("The shop has no region to sell in: add one.")
        return str(found[0]["id"])

    def products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return products; after those changed themselves, those with a changed variant.

        Medusa leaves a product's ``updated_at`` alone when a variant's price changes.
        """
        fresh = (since and since.isoformat(timespec=TIMESPEC), False, None)
        began, by_variant, at = json.loads(cursor) if cursor else fresh
        start = datetime.fromisoformat(began) if began else None
        if start and by_variant:
            page, last_stage = self._by_variant(at, start), True
        else:
            page, last_stage = self._by_product(at, start), start is None
        if page.next_cursor is None and last_stage:
            return page
        onward = (began, by_variant or page.next_cursor is None, page.next_cursor)
        return replace(page, next_cursor=json.dumps(onward))

    def customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Return customers."""
        return self._page("customers", CUSTOMER, read.customer, cursor, since)

    def orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return orders."""
        return self._page("orders", ORDER, read.order, cursor, since)

    def product(self, node: dict[str, Any]) -> ProductRecord:
        """Read a product, in the shop's own currency."""
        return read.product(node, self.currency)

    def _by_product(self, at: str | None, since: datetime | None) -> Page[ProductRecord]:
        page = self._page("products", PRODUCT, self.product, at, since)
        return replace(page, total=None) if since else page

    def _by_variant(self, at: str | None, since: datetime) -> Page[ProductRecord]:
        """Return those whose variants changed, but for those that changed themselves."""
        walked = self._walk("product-variants", "id,product_id,updated_at", at, since)
        ids = sorted({node["product_id"] for node in walked.nodes if node["product_id"]})
        query = {"fields": PRODUCT, "id[]": ids, "limit": len(ids)}
        found = self._api.admin("products", **query)["products"] if ids else ()
        records = (self.product(node) for node in found if moment(_at(node)) < since)
        return Page(records=tuple(records), next_cursor=walked.next_cursor)

    def _page(
        self,
        name: str,
        fields: str,
        read_one: Callable[[dict[str, Any]], R],
        cursor: str | None,
        since: datetime | None,
    ) -> Page[R]:
        walked = self._walk(name, fields, cursor, since)
        records = tuple(read_one(node) for node in walked.nodes)
        return Page(records=records, next_cursor=walked.next_cursor, total=walked.total)

    def _walk(self, name: str, fields: str, cursor: str | None, since: datetime | None) -> Walked:
        def fetch(at: str | None, number: int, size: int) -> tuple[list[dict[str, Any]], int]:
            found = self._api.admin(
                name,
                fields=fields,
                order="updated_at",
                limit=size,
                offset=(number - 1) * size,
                **({"updated_at[$gte]": moment(at).isoformat()} if at else {}),
            )
            return found[name.rpartition("-")[2]], int(found["count"])

        return by_change(fetch, _at, cursor, since, size=self._size, most=MOST, timespec=TIMESPEC)


def _at(node: dict[str, Any]) -> str:
    return str(node["updated_at"])
