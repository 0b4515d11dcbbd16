"""The shops that are synced: the stand-ins of the tests, with many products and customers.

``python -m benchmarks.syncing.shops NAME COUNT`` serves one and prints its port.
"""

import sys
import threading
from bisect import bisect_right
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from tests.connectors.loopback import serve
from tests.connectors.standin_woocommerce import Shop, product_page, sellable
from tests.support.shopify.standin import ShopifyStandIn, running_stand_in

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
"""When the first of them was changed: long before the first sync, whose overlap is days."""

A_SECOND = 20
"""So many were changed in the same second, as by an import."""


class LongLists(Shop):
    """A WooCommerce whose lists are in order already, as those of a database with an index."""

    def fill(self, count: int) -> None:
        """Put so many products on sale, and register as many customers."""
        for number in range(1, count + 1):
            told = {"id": number, "date_modified_gmt": _changed(number)}
            page = sellable(f"SKU-{number:06}", "19.90") | product_page(f"Thing {number}")
            self.lists["products"][number] = page | told
            person = {"email": f"person{number}@shop.example", "billing": {"phone": ""}}
            named = {"first_name": "Ada", "last_name": f"Byron {number}"}
            self.lists["customers"][number] = person | named | told
        self._sorted = {name: list(each.values()) for name, each in self.lists.items()}

    def _wanted(self, name: str, query: dict[str, str]) -> list[dict[str, Any]]:
        found = self._sorted[name]
        if "modified_after" not in query or name == "customers":
            return found
        key = itemgetter("date_modified_gmt")
        return found[bisect_right(found, query["modified_after"], key=key) :]


def fill(shop: ShopifyStandIn, count: int) -> None:
    """Put so many products on sale, and register as many customers, a long time ago."""
    shop.bulk.at_once = False
    for number in range(1, count + 1):
        shop.stock.add_product(f"SKU-{number:06}")
        shop.stock.add_customer(f"person{number}@shop.example")
    for shelf in (shop.stock.products, shop.stock.customers):
        for number, node in enumerate(shelf.values(), start=1):
            node["updatedAt"] = f"{_changed(number)}.000Z"


def main() -> None:
    """Serve a shop until it is ended."""
    name, count = sys.argv[1], int(sys.argv[2])
    if name == "shopify":
        with running_stand_in() as shopify:
            fill(shopify, count)
            _stay(shopify.port)
    woocommerce = LongLists()
    woocommerce.fill(count)
    with serve(woocommerce.answer) as served:
        _stay(served.port)


def _changed(number: int) -> str:
    return f"{BEGAN + timedelta(seconds=number // A_SECOND):%Y-%m-%dT%H:%M:%S}"


def _stay(port: int) -> None:
    print(port, flush=True)
    threading.Event().wait()


if __name__ == "__main__":
    main()
