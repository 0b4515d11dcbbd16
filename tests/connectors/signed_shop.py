"""A merchant's own shop, in memory: answers signed calls, and signs what it tells."""

import itertools
import json
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

from integration.kernel.clock import SystemClock
from tests.connectors.loopback import Served, serve

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
API_KEY = "the-gateway-wants-this"
Delivery = tuple[dict[str, str], bytes]


class SignedShop:
    """What is for sale, who bought it, and an answer to each of the five questions."""

    def __init__(self) -> None:
        self.products: dict[str, dict[str, Any]] = {}
        self.customers: dict[str, dict[str, Any]] = {}
        self.orders: dict[str, dict[str, Any]] = {}
        self.carts: dict[str, dict[str, Any]] = {}
        self.url = ""
        self._numbers = itertools.count(1)

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer an HTTP request; whoever is not Fanfare gets 401."""
        status, body = self._answered(dict(handler.headers), handler.sent)
        sent = json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(sent)))
        handler.end_headers()
        handler.wfile.write(sent)

    def _answered(self, headers: dict[str, str], body: str) -> tuple[int, Any]:
        try:
            asked = Webhook(SECRET).verify(body, {k.lower(): v for k, v in headers.items()})
        except WebhookVerificationError:
            return 401, {}
        if headers.get("Authorization") != f"Bearer {API_KEY}":
            return 401, {}
        question, data = asked["type"], asked["data"]
        if question == "connection.verify":
            return 200, {"shop": "My shop", "currency": "USD"}
        if question == "checkout.create":
            return self._checkout(data)
        listed = {
            "products.list": self.products,
            "customers.list": self.customers,
            "orders.list": self.orders,
        }.get(question)
        return (404, {}) if listed is None else (200, _page(listed, data))

    def _checkout(self, wanted: dict[str, Any]) -> tuple[int, Any]:
        sold = [each for each in self.products.values() if each["sku"] == wanted["sku"]]
        if not sold or sold[0]["inventory"] < wanted["quantity"]:
            return 409, {"error": "not for sale"}
        cart = self._number()
        self.carts[cart] = {**wanted, "price": sold[0]["price"]}
        return 200, {"id": cart, "url": f"{self.url}/cart/{cart}?handle={wanted['handle']}"}

    def add_product(self, sku: str, price: Decimal) -> str:
        """Put a product with one variant on the shelf."""
        number = self._number()
        variant = {"id": f"v{number}", "sku": sku, "title": sku, "price": str(price)}
        self.products[number] = {
            "id": number,
            "name": sku,
            "sku": sku,
            "price": str(price),
            "currency": "USD",
            "inventory": 100,
            "variants": [variant],
            "updatedAt": now(),
        }
        return number

    def add_customer(self, email: str) -> str:
        """Register a customer."""
        number = self._number()
        self.customers[number] = {"id": number, "email": email, "updatedAt": now()}
        return number

    def buy(self, cart: str) -> Delivery:
        """Pay a cart; return the webhook."""
        bought, at = self.carts[cart], now()
        line = {"sku": bought["sku"], "quantity": bought["quantity"], "price": bought["price"]}
        self.orders[f"o{cart}"] = {
            "id": f"o{cart}",
            "checkoutId": cart,
            "handle": bought["handle"],
            "status": "paid",
            "total": str(Decimal(bought["price"]) * bought["quantity"]),
            "currency": "USD",
            "placedAt": at,
            "updatedAt": at,
            "lines": [line],
        }
        return deliver("order.changed", self.orders[f"o{cart}"])

    def cancel(self, cart: str) -> Delivery:
        """Cancel a cart's order; return the webhook."""
        order = self.orders[f"o{cart}"]
        order |= {"status": "cancelled", "updatedAt": now()}
        return deliver("order.changed", order)

    def _number(self) -> str:
        return str(next(self._numbers))


@contextmanager
def open_shop() -> Generator[tuple[SignedShop, Served]]:
    """Serve a shop on a free port until the block ends."""
    shop = SignedShop()
    with serve(shop.answer) as served:
        shop.url = served.url
        yield shop, served


def deliver(topic: str, data: Any) -> Delivery:
    """Return a signed webhook; each is a new one."""
    at = SystemClock().now()
    ref = f"msg_{at.timestamp()}"
    body = json.dumps({"type": topic, "timestamp": at.isoformat(), "data": data})
    headers = {
        "webhook-id": ref,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(SECRET).sign(ref, at, body),
    }
    return headers, body.encode()


def now() -> str:
    return SystemClock().now().isoformat()


def _page(listed: dict[str, dict[str, Any]], asked: dict[str, Any]) -> dict[str, Any]:
    """Page by (time of change, id), which no change elsewhere can shift."""
    begin = asked["cursor"] or [_at(asked["since"]) if asked["since"] else 0, ""]
    begin = json.loads(begin) if isinstance(begin, str) else begin
    positions = {(_at(each["updatedAt"]), each["id"]): each for each in listed.values()}
    ahead = sorted(at for at in positions if at > tuple(begin))
    chosen = ahead[: asked["limit"]]
    return {
        "data": [positions[at] for at in chosen],
        "nextCursor": json.dumps(chosen[-1]) if len(ahead) > len(chosen) else None,
        "total": len(positions),
    }


def _at(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
