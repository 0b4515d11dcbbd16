"""A stand-in for BigCommerce's API, as its documentation has it: one store, one quota."""

import base64
import itertools
import json
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from standardwebhooks import Webhook

from integration.kernel.clock import SystemClock

HASH, TOKEN, CLIENT_SECRET = "stand1n", "token-of-the-test", "client-secret-of-the-test-0123456"
HOST = "api.bigcommerce.com"
Answer = tuple[int, Any]


class Store:
    """What is in it, as its API tells; a change takes the next whole second."""

    def __init__(self) -> None:
        self.products: dict[int, dict[str, Any]] = {}
        self.customers: dict[int, dict[str, Any]] = {}
        self.orders: dict[int, dict[str, Any]] = {}
        self.lines: dict[int, list[dict[str, Any]]] = {}
        self.hooks: dict[int, dict[str, Any]] = {}
        self.carts: dict[str, dict[str, Any]] = {}
        self.forbidden: set[str] = set()
        self.left = 150
        self._numbers = itertools.count(101)
        self._now = SystemClock().now().replace(microsecond=0)

    def tick(self) -> Any:
        """Let a second pass."""
        self._now += timedelta(seconds=1)
        return self._now

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer an HTTP request of whoever has the token."""
        status, body = self._answered(handler)
        sent = b"" if body is None else json.dumps(body).encode()
        handler.send_response(status)
        for name, value in {
            "Requests-Left": self.left,
            "Requests-Quota": 150,
            "Time-Window-Ms": 30000,
            "Time-Reset-Ms": 1500,
        }.items():
            handler.send_header(f"X-Rate-Limit-{name}", str(value))
        handler.send_header("Content-Length", str(len(sent)))
        handler.end_headers()
        handler.wfile.write(sent)

    def _answered(self, handler: BaseHTTPRequestHandler) -> Answer:
        address = urlsplit(handler.path)
        path = address.path.removeprefix(f"/stores/{HASH}/")
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        if handler.headers.get("X-Auth-Token") != TOKEN:
            return 401, {"status": 401}
        if path in self.forbidden:
            return 403, {"status": 403}
        if self.left <= 0:
            return 429, {"status": 429}
        self.left -= 1
        if handler.command == "GET":
            return self._got(path, query)
        return self._sent(path, json.loads(handler.sent))

    def _got(self, path: str, query: dict[str, str]) -> Answer:
        lists = {
            "v3/catalog/products": self.products,
            "v3/customers": self.customers,
            "v3/hooks": self.hooks,
        }
        if path == "v2/store":
            store = {"name": "Stand-in", "domain": "stand-in.example", "currency": "USD"}
            return 200, {**store, "secure_url": "https://stand-in.example"}
        if path in lists:
            return 200, _v3(list(lists[path].values()), query)
        if path == "v3/catalog/variants":
            every = [one for each in self.products.values() for one in each["variants"]]
            return 200, _v3([one for one in every if one["sku"] == query["sku"]], {})
        if path.startswith("v3/catalog/products/"):
            found = self.products.get(int(path.rpartition("/")[2]))
            return (200, {"data": found}) if found else (404, {"status": 404})
        if path.startswith("v3/carts/"):
            cart = path.rpartition("/")[2]
            return (200, {"data": {"id": cart}}) if cart in self.carts else (404, {"status": 404})
        return self._v2(path.removeprefix("v2/orders").strip("/"), query)

    def _v2(self, rest: str, query: dict[str, str]) -> Answer:
        if rest.endswith("/products"):
            return 200, self.lines[int(rest.split("/", maxsplit=1)[0])]
        if rest:
            found = self.orders.get(int(rest))
            return (200, found) if found else (404, [{"status": 404}])
        at = query.get("min_date_modified", "")
        found = sorted(self.orders.values(), key=lambda each: each["at"])
        found = [each for each in found if each["at"] >= at[:19]]
        size, number = int(query["limit"]), int(query.get("page", 1))
        part = found[(number - 1) * size : number * size]
        return (200, part) if part else (204, None)

    def _sent(self, path: str, body: dict[str, Any]) -> Answer:
        if path == "v3/carts":
            return self._cart(body)
        if path.endswith("/redirect_urls"):
            cart = path.split("/")[2]
            (carried,) = body["query_params"]
            self.carts[cart]["handle"] = carried["value"]
            link = f"https://stand-in.example/cart.php?id={cart}&fanfare={carried['value']}"
            return 201, {"data": {"checkout_url": link}}
        id_ = int(path.rpartition("/")[2]) if path != "v3/hooks" else next(self._numbers)
        self.hooks[id_] = {"id": id_, **body}
        return 200, {"data": self.hooks[id_]}

    def _cart(self, body: dict[str, Any]) -> Answer:
        line = {**body["line_items"][0], "channel_id": body.get("channel_id")}
        product = self.products.get(line["product_id"])
        if product is None or product["inventory_level"] < line["quantity"]:
            return 409, {"status": 409, "title": "not enough"}
        id_ = f"cart-{next(self._numbers)}"
        self.carts[id_] = {**line, "price": product["price"], "sku": product["variants"][0]["sku"]}
        return 201, {"data": {"id": id_}}

    def add_product(self, sku: str, price: float, **values: Any) -> dict[str, Any]:
        """Put a product with one variant on sale."""
        id_ = next(self._numbers)
        variant = {
            "id": next(self._numbers),
            "product_id": id_,
            "sku": sku,
            "price": None,
            "inventory_level": 0,
            "option_values": [],
        }
        self.products[id_] = {
            "id": id_,
            "name": sku,
            "description": "",
            "price": price,
            "sku": sku,
            "inventory_tracking": "product",
            "inventory_level": 100,
            "custom_url": {"url": f"/{sku}/"},
            "images": [],
            "variants": [variant],
            "date_modified": self.tick().isoformat(),
            **values,
        }
        return self.products[id_]

    def add_customer(self, email: str) -> int:
        """Register a customer."""
        id_ = next(self._numbers)
        person = {"first_name": "Ada", "last_name": "", "email": email, "phone": ""}
        self.customers[id_] = {"id": id_, **person, "date_modified": self.tick().isoformat()}
        return id_

    def buy(self, cart: str, status: int = 11) -> int:
        """Turn a cart into an order."""
        bought, id_, now = self.carts[cart], next(self._numbers), self.tick()
        total = f"{bought['price'] * bought['quantity']:.4f}"
        self.orders[id_] = {
            "id": id_,
            "at": f"{now:%Y-%m-%dT%H:%M:%S}",
            "cart_id": cart,
            "status_id": status,
            "total_inc_tax": total,
            "currency_code": "USD",
            "billing_address": {"email": "ada@example.test"},
            "date_created": format_datetime(now),
            "date_modified": format_datetime(now),
        }
        line = {name: bought[name] for name in ("sku", "quantity", "product_id")}
        line["quantity_refunded"] = 0
        line |= {"variant_id": bought.get("variant_id", 0), "price_inc_tax": total}
        self.lines[id_] = [line]
        return id_

    def set_status(self, order: int, status: int) -> None:
        """Move an order on."""
        now = self.tick()
        self.orders[order] |= {
            "status_id": status,
            "at": f"{now:%Y-%m-%dT%H:%M:%S}",
            "date_modified": format_datetime(now),
        }


def posted(scope: str, data: dict[str, Any], secret: str = CLIENT_SECRET, store: str = HASH):
    """Return a webhook as BigCommerce sends it: thin, signed with base64 of the client secret."""
    at = SystemClock().now()
    body = json.dumps({"scope": scope, "data": data, "hash": "x", "producer": f"stores/{store}"})
    ref = f"msg_{at.timestamp()}"
    key = base64.b64encode(secret.encode()).decode()
    headers = {
        "webhook-id": ref,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(key).sign(ref, at, body),
    }
    return headers, body.encode()


def _v3(found: list[dict[str, Any]], query: dict[str, str]) -> dict[str, Any]:
    after = query.get("date_modified:min", "")[:19]
    found = [each for each in found if each.get("date_modified", "~")[:19] >= after]
    found = sorted(found, key=lambda each: (each.get("date_modified", ""), each["id"]))
    size, number = int(query.get("limit", 50)), int(query.get("page", 1))
    part = found[(number - 1) * size : number * size]
    return {"data": part, "meta": {"pagination": {"total": len(found)}}}
