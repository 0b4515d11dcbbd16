"""What a make-believe shop has, and how a test plays merchant, shopper and bad weather in it."""

import base64
import hmac
import itertools
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256

from connectors.base import ConnectorError, NeedsReconnect
from connectors.records import (
    CustomerRecord,
    OrderLine,
    OrderRecord,
    OrderStatus,
    ProductRecord,
    VariantRecord,
)
from integration.kernel.clock import Clock, SystemClock

Delivery = tuple[dict[str, str], bytes]


class FakeShop:
    """A shop in memory; set ``fail_with`` and every verb that would use the network raises it.

    ``in_transaction`` says whether the caller has one open: using the network then is the
    mistake that this shop is here to catch.
    """

    def __init__(
        self,
        name: str = "shop",
        *,
        clock: Clock | None = None,
        in_transaction: Callable[[], bool] | None = None,
    ) -> None:
        self.name = name
        self.url = f"https://{name}.example"
        self.api_key = "fake-key"
        self.webhook_secret = "fake-webhook-secret"
        self.clock = clock or SystemClock()
        self.in_transaction = in_transaction
        self.fail_with: ConnectorError | None = None
        self.calls: Counter[str] = Counter()
        self.products: dict[str, ProductRecord] = {}
        self.customers: dict[str, CustomerRecord] = {}
        self.orders: dict[str, OrderRecord] = {}
        self._numbers = itertools.count(1)

    def use_network(self, verb: str, api_key: str) -> None:
        """Count a call, and raise what it is to fail with."""
        if self.in_transaction and self.in_transaction():
            raise RuntimeError(f"{verb} was called while a transaction is open")
        self.calls[verb] += 1
        if self.fail_with:
            raise self.fail_with
        if not hmac.compare_digest(api_key.encode(), self.api_key.encode()):
            raise NeedsReconnect

    def add_product(
        self,
        sku: str,
        *,
        name: str = "Thing",
        price: Decimal = Decimal("10.00"),
        inventory: int | None = None,
    ) -> ProductRecord:
        """Put a product with one variant on the shelf."""
        number = next(self._numbers)
        variant = VariantRecord(
            external_id=f"v{number}", sku=sku, title=name, price=price, inventory=inventory
        )
        product = ProductRecord(
            external_id=f"p{number}",
            name=name,
            sku=sku,
            price=price,
            currency="USD",
            inventory=inventory,
            variants=(variant,),
            updated_at=self._now(),
        )
        self.products[product.external_id] = product
        return product

    def rename_product(self, external_id: str, name: str) -> None:
        """Change a product, so that it counts as changed now."""
        product = self.products[external_id]
        self.products[external_id] = replace(product, name=name, updated_at=self._now())

    def add_customer(self, email: str) -> CustomerRecord:
        """Register a customer."""
        number = next(self._numbers)
        customer = CustomerRecord(external_id=f"c{number}", email=email, updated_at=self._now())
        self.customers[customer.external_id] = customer
        return customer

    def open_order(self, variant: VariantRecord, quantity: int, handle: str) -> OrderRecord:
        """Begin an order, as a checkout does."""
        code = f"F{next(self._numbers):06}"
        price = variant.price or Decimal(0)
        line = OrderLine(
            sku=variant.sku, quantity=quantity, price=price, variant_ref=variant.external_id
        )
        self.orders[code] = OrderRecord(
            external_id=code,
            checkout_ref=code,
            status=OrderStatus.OPEN,
            total=price * quantity,
            currency="USD",
            handle=handle,
            updated_at=self._now(),
            lines=(line,),
        )
        return self.orders[code]

    def pay(self, checkout_ref: str) -> Delivery:
        """Let the shopper pay, and return the headers and bytes of the webhook."""
        now = self._now()
        order = replace(
            self.orders[checkout_ref], status=OrderStatus.PAID, placed_at=now, updated_at=now
        )
        self.orders[checkout_ref] = order
        return self.deliver("order.paid", checkout_ref)

    def cancel(self, checkout_ref: str) -> Delivery:
        """Let the merchant cancel an order, and return the webhook."""
        order = replace(
            self.orders[checkout_ref], status=OrderStatus.CANCELLED, updated_at=self._now()
        )
        self.orders[checkout_ref] = order
        return self.deliver("order.cancelled", checkout_ref)

    def deliver(self, topic: str, code: str) -> Delivery:
        """Return a signed webhook about an order as it is now; each call is a new notice."""
        ref = f"n{next(self._numbers)}"
        timestamp = str(int(self.clock.now().timestamp()))
        order = self.orders[code]
        body = json.dumps(
            {
                "type": topic,
                "code": code,
                "status": order.status,
                "total": str(order.total),
                "handle": order.handle,
                "updatedAt": order.updated_at.isoformat(),
                "lines": [[line.sku, line.quantity] for line in order.lines],
            }
        ).encode()
        signed = f"{ref}.{timestamp}.".encode() + body
        digest = hmac.digest(self.webhook_secret.encode(), signed, sha256)
        headers = {
            "webhook-id": ref,
            "webhook-timestamp": timestamp,
            "webhook-signature": "v1," + base64.b64encode(digest).decode(),
        }
        return headers, body

    def _now(self) -> datetime:
        return self.clock.now()


_shops: dict[str, FakeShop] = {}


def shop(name: str) -> FakeShop:
    """Return this process's shop of that name, new the first time."""
    return _shops.setdefault(name, FakeShop(name))
