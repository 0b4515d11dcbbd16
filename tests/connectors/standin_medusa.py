"""A stand-in for a Medusa server, in the shapes that were recorded of version 2.21.2.

Microseconds that its answers cut off, an order of equal times that is another one each time,
a secret key as the Basic user, a publishable key for the store.
"""

import base64
import itertools
import json
import random
from copy import deepcopy
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from integration.kernel.clock import SystemClock

LINES = (Path(__file__).parent / "fixtures" / "medusa.jsonl").read_text().splitlines()
RECORDED = {each["of"]: each["is"] for each in map(json.loads, LINES)}
SINGULAR = {"products": "product", "orders": "order", "customers": "customer"}
Answer = tuple[int, dict[str, Any]]
REFUSED: Answer = (400, {"type": "invalid_data"})


class Shop:
    """What is in it, as its two APIs tell."""

    api_key, publishable_key = "sk_of_the_test", "pk_of_the_test"

    def __init__(self) -> None:
        self.url = ""
        self.lists: dict[str, dict[str, dict[str, Any]]] = {
            name: {} for name in ("products", "variants", "customers", "orders")
        }
        self._carts: dict[str, dict[str, Any]] = {}
        self._numbers, self._chance = itertools.count(1), random.Random(1)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer an HTTP request of whoever has the key."""
        address = urlsplit(handler.path)
        api, _, path = address.path.strip("/").partition("/")
        query = parse_qs(address.query)
        if api == "admin":
            basic = "Basic " + base64.b64encode(f"{self.api_key}:".encode()).decode()
            known = handler.headers.get("Authorization") == basic
            status, body = self._admin(path, query) if known else (401, {})
        elif handler.headers.get("x-publishable-api-key") != self.publishable_key:
            status, body = 400, {"type": "not_allowed"}
        elif path == "carts":
            status, body = self._cart(json.loads(handler.sent))
        else:
            status, body = 200, RECORDED["regions"]
        sent = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(sent)))
        handler.end_headers()
        handler.wfile.write(sent)

    def _admin(self, path: str, query: dict[str, list[str]]) -> Answer:
        name, _, id_ = path.rpartition("-")[2].partition("/")
        if name in {"stores", "regions"}:
            return 200, RECORDED[name]
        if id_:
            found = self.lists[name].get(id_)
            return (200, {SINGULAR[name]: told(found)}) if found else (404, {"type": "not_found"})
        chosen = [each for each in self.lists[name].values() if wanted(each, query)]
        self._chance.shuffle(chosen)
        if query.get("order") == ["updated_at"]:
            chosen.sort(key=lambda each: each["updated_at"])
        begin, size = (int(query.get(each, ["0"])[0]) for each in ("offset", "limit"))
        page = [told(each) for each in chosen[begin : begin + size]]
        return 200, {name: page, "count": len(chosen)}

    def _cart(self, body: dict[str, Any]) -> Answer:
        [item] = body["items"]
        variant = self.lists["variants"].get(item["variant_id"])
        if variant is None or item["quantity"] > variant["stock"]:
            return REFUSED
        cart = {"id": f"cart_{next(self._numbers)}", **body}
        self._carts[cart["id"]] = cart
        return 200, {"cart": {"id": cart["id"]}}

    def _keep(self, name: str, kind: str, **values: Any) -> dict[str, Any]:
        made = {"id": f"{kind}_{next(self._numbers)}", "updated_at": SystemClock().now(), **values}
        self.lists[name][made["id"]] = made
        return made

    def add_product(self, sku: str, price: float, stock: int = 100, **more: Any) -> dict[str, Any]:
        """Put a product with one variant on sale; ``updated_at`` is now unless told."""
        product = deepcopy(RECORDED["products"]["products"][0])
        [shown] = product.pop("variants")
        del product["id"], product["updated_at"]
        variant = self._keep("variants", "variant", sku=sku, stock=stock, price=price, **more)
        shown |= {"id": variant["id"], "sku": sku}
        shown["prices"][0]["amount"] = price
        values = product | {"title": sku, "variants": [shown]} | more
        made = self._keep("products", "prod", **values)
        variant["product_id"] = made["id"]
        return made

    def change_price(self, product: dict[str, Any], price: float) -> None:
        """Change its variant's price, which leaves the product's own time alone."""
        [shown] = product["variants"]
        shown["prices"][0]["amount"] = price
        self.lists["variants"][shown["id"]]["updated_at"] = SystemClock().now()

    def rename_product(self, product: str) -> None:
        """Change a product."""
        title = f"Renamed {next(self._numbers)}"
        self.lists["products"][product] |= {"title": title, "updated_at": SystemClock().now()}

    def add_customer(self, email: str) -> str:
        """Register a customer; return the id."""
        names = {"first_name": "Ada", "last_name": "Byron", "phone": None}
        return str(self._keep("customers", "cus", email=email, **names)["id"])

    def check_out(self, cart_id: str) -> str:
        """Pay for a cart; return the order's id."""
        cart = self._carts[cart_id]
        [item] = cart["items"]
        variant = self.lists["variants"][item["variant_id"]]
        order = deepcopy(RECORDED["order"]["order"])
        del order["id"], order["updated_at"]
        line = {"variant_sku": variant["sku"], "variant_id": variant["id"]}
        line |= {"quantity": item["quantity"], "unit_price": variant["price"]}
        order |= {"metadata": cart["metadata"], "cart": {"id": cart_id}, "items": [line]}
        order |= {"total": variant["price"] * item["quantity"], "payment_status": "authorized"}
        return str(self._keep("orders", "order", **order)["id"])

    def cancel(self, order: str) -> None:
        """Cancel an order as the merchant."""
        self.lists["orders"][order] |= {"status": "canceled", "updated_at": SystemClock().now()}


def told(node: dict[str, Any]) -> dict[str, Any]:
    """Write a node as JSON does, which has milliseconds alone."""
    when = node["updated_at"].astimezone(UTC).isoformat(timespec="milliseconds")
    return {**node, "updated_at": when.replace("+00:00", "Z")}


def wanted(node: dict[str, Any], query: dict[str, list[str]]) -> bool:
    """Whether the filters of a list let it through."""
    begin = query.get("updated_at[$gte]")
    if begin and node["updated_at"] < datetime.fromisoformat(begin[0]):
        return False
    return all(
        node[name] in query[key] for name, key in (("id", "id[]"), ("sku", "sku")) if key in query
    )
