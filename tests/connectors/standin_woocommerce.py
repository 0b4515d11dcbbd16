"""A stand-in for a WooCommerce shop: what was seen of version 10.0.2, on this machine.

Whole seconds, HTTP Basic, totals in headers, coupons in lower case, customers that ignore
``modified_after``, webhooks that are signed over the body alone.
"""

import base64
import hmac
import itertools
import json
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from integration.kernel.clock import SystemClock

KEY, SECRET = "ck_of_the_test", "cs_of_the_test"
API = "/wp-json/wc/v3/"
Answer = tuple[int, Any, int | None]


class Shop:
    """What is in it, as its REST API tells; a change takes the next whole second."""

    def __init__(self) -> None:
        self.url = ""
        self.lists: dict[str, dict[int, dict[str, Any]]] = {
            name: {} for name in ("products", "customers", "orders", "coupons", "webhooks")
        }
        self.variations: dict[int, list[dict[str, Any]]] = {}
        self._numbers = itertools.count(11)
        self._now = SystemClock().now()

    def tick(self) -> str:
        """Let a second pass; return it as the shop writes it."""
        self._now += timedelta(seconds=1)
        return f"{self._now:%Y-%m-%dT%H:%M:%S}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer an HTTP request of whoever has the key."""
        status, body, total = self._answered(handler)
        sent = json.dumps(body).encode()
        handler.send_response(status)
        if total is not None:
            handler.send_header("X-WP-Total", str(total))
        handler.send_header("Content-Length", str(len(sent)))
        handler.end_headers()
        handler.wfile.write(sent)

    def _answered(self, handler: BaseHTTPRequestHandler) -> Answer:
        basic = "Basic " + base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()
        if handler.headers.get("Authorization") != basic:
            return 401, {"code": "woocommerce_rest_cannot_view"}, None
        address = urlsplit(handler.path)
        path = address.path.removeprefix(API).split("/")
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if handler.command == "GET":
            return self._got(path, query)
        return self._sent(path, json.loads(handler.sent))

    def _got(self, path: list[str], query: dict[str, str]) -> Answer:
        if path == ["data", "currencies", "current"]:
            return 200, {"code": "USD"}, None
        if path[2:] == ["variations"]:
            return self._page(self.variations[int(path[1])], query)
        listed = self.lists[path[0]]
        if len(path) > 1:
            found = listed.get(int(path[1])) or self._variation(int(path[1]))
            return (200, found, None) if found else (404, {"code": "invalid_id"}, None)
        return self._page(self._wanted(path[0], query), query)

    def _wanted(self, name: str, query: dict[str, str]) -> list[dict[str, Any]]:
        found = list(self.lists[name].values())
        if "modified_after" in query and name != "customers":
            after = query["modified_after"]
            found = [each for each in found if each["date_modified_gmt"] > after]
        if "sku" in query:
            every = found + [one for many in self.variations.values() for one in many]
            found = [each for each in every if each["sku"] == query["sku"]]
        if "code" in query:
            found = [each for each in found if each["code"] == query["code"].lower()]
        field = "date_modified_gmt" if query.get("orderby") == "modified" else "id"
        return sorted(found, key=lambda each: each[field])

    @staticmethod
    def _page(found: list[dict[str, Any]], query: dict[str, str]) -> Answer:
        size = int(query.get("per_page", 10))
        if not 1 <= size <= 100:
            return 400, {"code": "rest_invalid_param"}, None
        begin = (int(query.get("page", 1)) - 1) * size
        return 200, found[begin : begin + size], len(found)

    def _sent(self, path: list[str], body: dict[str, Any]) -> Answer:
        if len(path) == 1:
            return self._created(path[0], body)
        found = self.lists[path[0]].get(int(path[1]))
        if found is None:
            return 404, {"code": "invalid_id"}, None
        found |= body
        return 200, found, None

    def _created(self, name: str, body: dict[str, Any]) -> Answer:
        if name == "coupons":
            body["code"] = body["code"].lower()
            if any(each["code"] == body["code"] for each in self.lists[name].values()):
                return 400, {"code": "woocommerce_rest_coupon_code_already_exists"}, None
        return 201, self.keep(name, **body), None

    def keep(self, listed: str, /, **values: Any) -> dict[str, Any]:
        """Put something into a list."""
        id_, now = next(self._numbers), self.tick()
        made = {"id": id_, "date_created_gmt": now, "date_modified_gmt": now, **values}
        self.lists[listed][id_] = made
        return made

    def add_product(self, sku: str, price: str, **values: Any) -> dict[str, Any]:
        """Put a product on sale."""
        return self.keep("products", **(sellable(sku, price) | product_page(sku) | values))

    def add_variation(self, product: int, sku: str, price: str, size: str) -> dict[str, Any]:
        """Add a form of a product."""
        made = {"id": next(self._numbers), "type": "variation", **sellable(sku, price)}
        made["attributes"] = [{"name": "Size", "option": size}]
        self.variations.setdefault(product, []).append(made)
        return made

    def _variation(self, id_: int) -> dict[str, Any] | None:
        every = (one for many in self.variations.values() for one in many)
        return next((one for one in every if one["id"] == id_), None)

    def buy(self, checkout_url: str, status: str = "processing") -> dict[str, Any]:
        """Follow a checkout link, and pay; return the order."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(checkout_url).query).items()}
        wanted, _, count = query["products"].partition(":")
        item = self.lists["products"].get(int(wanted)) or self._variation(int(wanted))
        price = item["price"]
        line = {
            "product_id": int(wanted),
            "variation_id": 0,
            "sku": item["sku"],
            "quantity": int(count),
            "price": float(price),
        }
        attribution = "_wc_order_attribution_utm_content"
        return self.keep(
            "orders",
            status=status,
            currency="USD",
            total=f"{float(price) * int(count):.2f}",
            billing={"email": "ada@example.test", "phone": ""},
            coupon_lines=[{"code": query["coupon"].lower()}],
            meta_data=[{"key": attribution, "value": query["utm_content"]}],
            line_items=[line],
        )

    def change(self, listed: str, id_: int, /, **values: Any) -> dict[str, Any]:
        """Change something of a list."""
        found = self.lists[listed][id_]
        found |= {**values, "date_modified_gmt": self.tick()}
        return found


def sellable(sku: str, price: str) -> dict[str, Any]:
    return {
        "sku": sku,
        "price": price,
        "stock_status": "instock",
        "manage_stock": True,
        "stock_quantity": 100,
        "backorders_allowed": False,
    }


def product_page(name: str) -> dict[str, Any]:
    return {
        "type": "simple",
        "name": name,
        "status": "publish",
        "description": "",
        "short_description": "",
        "permalink": f"https://shop.example/product/{name}",
        "images": [],
    }


def signed(topic: str, payload: Any, secret: str) -> tuple[dict[str, str], bytes]:
    """Return a webhook as WooCommerce sends it; topic and ids are outside the signature."""
    body = json.dumps(payload).encode()
    digest = base64.b64encode(hmac.digest(secret.encode(), body, sha256)).decode()
    resource, _, event = topic.partition(".")
    headers = {
        "Content-Type": "application/json",
        "X-WC-Webhook-Topic": topic,
        "X-WC-Webhook-Resource": resource,
        "X-WC-Webhook-Event": event,
        "X-WC-Webhook-Signature": digest,
        "X-WC-Webhook-ID": "1",
        "X-WC-Webhook-Delivery-ID": "d688545c058eddb952f11ec930ee4307",
    }
    return headers, body
