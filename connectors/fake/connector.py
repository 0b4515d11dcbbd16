"""The connector to a make-believe shop; keeps the same promises as a real one."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar
from urllib.parse import urlencode

from connectors.base import ConnectorError, PlatformRefused, Surroundings
from connectors.fake.shop import FakeShop, shop
from connectors.records import (
    Checkout,
    CheckoutRequest,
    CustomerRecord,
    Interpretation,
    Notice,
    OrderChanged,
    OrderLine,
    OrderRecord,
    OrderStatus,
    Page,
    ProductRecord,
    VariantRecord,
    Verification,
    WebhookSetup,
)
from connectors.signatures import verify_standard_webhook

R = TypeVar("R", ProductRecord, CustomerRecord, OrderRecord)

PAGE_SIZE = 100


class FakeConnector:
    """A connection to one ``FakeShop``."""

    def __init__(
        self,
        fake: FakeShop,
        credentials: Mapping[str, str],
        outside: Surroundings,
        *,
        page_size: int = PAGE_SIZE,
    ) -> None:
        self._shop, self._outside, self._page_size = fake, outside, page_size
        self._api_key = credentials.get("apiKey", "")
        self._secret = credentials.get("webhookSecret", "")

    def verify(self) -> Verification:
        """Say the shop's name."""
        self._shop.use_network("verify", self._api_key)
        return Verification(shop=self._shop.name, currency="USD")

    def list_products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Return a page of products."""
        self._shop.use_network("list_products", self._api_key)
        return self._page(self._shop.products.values(), cursor, since)

    def list_customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Return a page of customers."""
        self._shop.use_network("list_customers", self._api_key)
        return self._page(self._shop.customers.values(), cursor, since)

    def list_orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Return a page of the orders that were placed."""
        self._shop.use_network("list_orders", self._api_key)
        placed = [order for order in self._shop.orders.values() if order.placed_at]
        return self._page(placed, cursor, since)

    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Open an order that carries the handle."""
        self._shop.use_network("create_checkout", self._api_key)
        variant = self._variant(request)
        order = self._shop.open_order(variant, request.quantity, request.handle)
        query = urlencode({"order": order.external_id, "handle": request.handle})
        return Checkout(url=f"{self._shop.url}/checkout?{query}", external_ref=order.external_id)

    def ensure_webhooks(self) -> WebhookSetup:
        """Subscribe to what the shop has."""
        self._shop.use_network("ensure_webhooks", self._api_key)
        return WebhookSetup(topics=("order.paid", "order.cancelled"))

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice:
        """Verify the signature, then parse."""
        now = self._outside.clock.now()
        ref = verify_standard_webhook(headers, raw_body, self._secret, now)
        payload = json.loads(raw_body)
        return Notice(ref=ref, topic=payload["type"], payload=payload)

    def interpret(self, notice: Notice) -> Interpretation:
        """Read the order that a notice tells of."""
        if not notice.topic.startswith("order."):
            return None
        told = notice.payload
        order = OrderRecord(
            external_id=told["code"],
            checkout_ref=told["code"],
            status=OrderStatus(told["status"]),
            total=Decimal(told["total"]),
            currency="USD",
            handle=told["handle"],
            updated_at=datetime.fromisoformat(told["updatedAt"]),
            lines=tuple(OrderLine(sku=sku, quantity=count) for sku, count in told["lines"]),
        )
        return OrderChanged(order=order)

    def _page(self, records: Iterable[R], cursor: str | None, since: datetime | None) -> Page[R]:
        """Page by (time of change, id), which no change elsewhere can shift."""
        begin = json.loads(cursor) if cursor else [_text(since) if since else "", ""]
        positions = {(_stamp(record), record.external_id): record for record in records}
        ahead = sorted(at for at in positions if at > tuple(begin))
        chosen = ahead[: self._page_size]
        return Page(
            records=tuple(positions[at] for at in chosen),
            next_cursor=json.dumps(chosen[-1]) if len(ahead) > len(chosen) else None,
            total=len(positions),
        )

    def _variant(self, request: CheckoutRequest) -> VariantRecord:
        for product in self._shop.products.values():
            for variant in product.variants:
                if request.variant_ref == variant.external_id or request.sku == variant.sku:
                    return self._in_stock(variant, request.quantity)
        raise PlatformRefused("The shop has no such variant.")

    def _in_stock(self, variant: VariantRecord, quantity: int) -> VariantRecord:
        if variant.inventory is not None and variant.inventory < quantity:
            raise PlatformRefused("The shop is out of stock.")
        return variant


def open_fake(
    settings: Mapping[str, str], credentials: Mapping[str, str], outside: Surroundings
) -> FakeConnector:
    """Connect to this process's shop of the name in the settings."""
    return FakeConnector(shop(settings["shop"]), credentials, outside)


def _stamp(record: ProductRecord | CustomerRecord | OrderRecord) -> str:
    if record.updated_at is None:
        raise ConnectorError
    return _text(record.updated_at)


def _text(when: datetime) -> str:
    """Write a moment so that texts sort as moments do."""
    return when.astimezone(UTC).isoformat(timespec="microseconds")
