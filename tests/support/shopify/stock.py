"""What a stand-in shop has, and how its merchant and its shoppers change it."""

import itertools
import threading
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from integration.kernel.clock import SystemClock

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


class Stock:
    """Products, customers, carts and orders, as the Admin API's nodes say them."""

    def __init__(self) -> None:
        self.products: dict[str, dict[str, Any]] = {}
        self.customers: dict[str, dict[str, Any]] = {}
        self.orders: dict[str, dict[str, Any]] = {}
        self.carts: dict[str, dict[str, Any]] = {}
        self.discounts: dict[str, dict[str, Any]] = {}
        self.protected = False
        self.ago = timedelta(0)
        self._numbers = itertools.count(1001)
        self._clock, self._last, self._lock = SystemClock(), EPOCH, threading.Lock()

    def now(self) -> str:
        """Return a moment, ``ago`` from now, but later than any that was told before."""
        with self._lock:
            now = self._clock.now() - self.ago
            now = now.replace(microsecond=now.microsecond // 1000 * 1000)
            self._last = max(now, self._last + timedelta(milliseconds=1))
            return self._last.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def new_id(self, kind: str) -> str:
        return f"gid://shopify/{kind}/{next(self._numbers)}"

    def add_product(
        self, sku: str, price: Decimal = Decimal("10.00"), *, variants: int = 1, count: int = 100
    ) -> str:
        """Put a product on sale; return its number."""
        id_ = self.new_id("Product")
        skus = [sku if n == 0 else f"{sku}-{n}" for n in range(variants)]
        self.products[id_] = {
            "id": id_,
            "title": f"Product {sku}",
            "description": "",
            "updatedAt": self.now(),
            "onlineStoreUrl": None,
            "tracksInventory": True,
            "featuredMedia": None,
            "parts": [self._variant(each, price, count) for each in skus],
        }
        return id_.rpartition("/")[2]

    def change_product(self, number: str, **changes: Any) -> None:
        """Change a product, so that it counts as changed now."""
        node = self.products[f"gid://shopify/Product/{number}"]
        node.update(changes, updatedAt=self.now())

    def add_customer(self, email: str) -> str:
        """Register a customer; return the number."""
        id_ = self.new_id("Customer")
        self.customers[id_] = {
            "id": id_,
            "firstName": "Ada",
            "lastName": "Byron",
            "updatedAt": self.now(),
            "defaultEmailAddress": {"emailAddress": email},
            "defaultPhoneNumber": None,
        }
        return id_.rpartition("/")[2]

    def variant(self, id_: str) -> dict[str, Any] | None:
        """Return a variant by its global id."""
        every = (part for product in list(self.products.values()) for part in product["parts"])
        return next((part for part in every if part["id"] == id_), None)

    def add_cart(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Keep a cart under a token of its own."""
        token = f"hWN{uuid4().hex}"
        self.carts[token] = {"token": token, **wanted}
        return self.carts[token]

    def place_order(
        self, cart: dict[str, Any], *, email: str | None = None, paid: bool = True
    ) -> str:
        """Let a shopper order, and pay for, what is in a cart; return the order's number."""
        lines = [(self.variant(line["merchandiseId"]), line["quantity"]) for line in cart["lines"]]
        total = sum(Decimal(variant["price"]) * quantity for variant, quantity in lines)
        for variant, quantity in lines:
            variant["inventoryQuantity"] -= quantity
        id_, now = self.new_id("Order"), self.now()
        self.orders[id_] = {
            "id": id_,
            "email": email or (cart.get("buyerIdentity") or {}).get("email"),
            "cartToken": cart["token"],
            "cancelledAt": None,
            "displayFinancialStatus": "PAID" if paid else "PENDING",
            "processedAt": now,
            "updatedAt": now,
            "discountCodes": cart.get("discountCodes") or [],
            "customAttributes": cart.get("attributes") or [],
            "totalPriceSet": _money(total),
            "parts": [self._line(variant, quantity) for variant, quantity in lines],
        }
        return id_.rpartition("/")[2]

    def pay_order(self, number: str) -> None:
        """Let the money for an order arrive."""
        order = self.orders[f"gid://shopify/Order/{number}"]
        order.update(displayFinancialStatus="PAID", updatedAt=self.now())

    def cancel_order(self, number: str) -> None:
        order = self.orders[f"gid://shopify/Order/{number}"]
        order.update(cancelledAt=self.now(), displayFinancialStatus="REFUNDED")
        for line in order["parts"]:
            line["currentQuantity"] = 0
        order["updatedAt"] = self.now()

    def edit_order(self, number: str, *left: int) -> None:
        """Let the merchant leave so many of each line: what was ordered stays told beside it."""
        order = self.orders[f"gid://shopify/Order/{number}"]
        for line, count in zip(order["parts"], left, strict=True):
            line["currentQuantity"] = count
            line["quantity"] = max(line["quantity"], count)
        order["updatedAt"] = self.now()

    def order_of(self, token: str) -> str:
        """Return the number of the order that came from a cart."""
        [id_] = [each["id"] for each in self.orders.values() if each["cartToken"] == token]
        return id_.rpartition("/")[2]

    def _variant(self, sku: str, price: Decimal, count: int) -> dict[str, Any]:
        return {
            "id": self.new_id("ProductVariant"),
            "sku": sku,
            "title": "Default Title",
            "price": str(price),
            "inventoryQuantity": count,
            "inventoryPolicy": "DENY",
            "inventoryItem": {"tracked": True},
            "updatedAt": self.now(),
        }

    def _line(self, variant: dict[str, Any], quantity: int) -> dict[str, Any]:
        return {
            "id": self.new_id("LineItem"),
            "sku": variant["sku"],
            "quantity": quantity,
            "currentQuantity": quantity,
            "variant": {"id": variant["id"]},
            "originalUnitPriceSet": _money(Decimal(variant["price"])),
        }


def _money(amount: Decimal) -> dict[str, Any]:
    return {"shopMoney": {"amount": str(amount), "currencyCode": "USD"}}
