"""A shop of the merchant's own making, as docs/connectors/rest.md describes it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import urlsplit

from connectors.base import ConnectorError, Surroundings
from connectors.links import filled
from connectors.reading import reading
from connectors.records import (
    Checkout,
    CheckoutRequest,
    CustomerRecord,
    Interpretation,
    Notice,
    OrderChanged,
    OrderRecord,
    Page,
    ProductChanged,
    ProductRecord,
    Verification,
    WebhookSetup,
)
from connectors.rest import read
from connectors.rest.calls import Shop
from connectors.signatures import read_standard_notice

PAGE_SIZE = 100
TOPICS = ("order.changed", "product.changed", "product.deleted", "ping")
R = TypeVar("R", ProductRecord, CustomerRecord, OrderRecord)


class RestConnector:
    """One merchant's address and the secret that both sides sign with."""

    def __init__(
        self,
        settings: Mapping[str, str],
        credentials: Mapping[str, str],
        outside: Surroundings,
        *,
        page_size: int = PAGE_SIZE,
    ) -> None:
        self._outside, self._page_size = outside, page_size
        self._url, self._template = settings.get("url", ""), settings.get("checkoutUrl", "")
        self._secret = credentials.get("webhookSecret", "")
        self._sites = {_site(self._url), _site(settings.get("storefrontUrl", ""))} - {("", "")}
        self._shop = Shop(self._url, self._secret, credentials.get("apiKey", ""), outside)

    @reading
    def verify(self) -> Verification:
        """Ask the shop its name; without a ``url`` there is nobody to ask."""
        if not self._url:
            return self._unasked()
        found = self._shop.ask("connection.verify")
        return Verification(shop=str(found["shop"]), currency=found.get("currency"))

    @reading
    def list_products(self, cursor: str | None, since: datetime | None) -> Page[ProductRecord]:
        """Ask for a page of products."""
        return self._page("products.list", read.product, cursor, since)

    @reading
    def list_customers(self, cursor: str | None, since: datetime | None) -> Page[CustomerRecord]:
        """Ask for a page of customers."""
        return self._page("customers.list", read.customer, cursor, since)

    @reading
    def list_orders(self, cursor: str | None, since: datetime | None) -> Page[OrderRecord]:
        """Ask for a page of the orders that were placed."""
        return self._page("orders.list", read.order, cursor, since)

    @reading
    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Fill in ``checkoutUrl``, whose join is the handle; without it ask the shop."""
        if self._template:
            # The shop never learns this name: what its shopper carries stays a claim.
            ref = f"link:{request.handle}"
            return Checkout(url=_filled(self._template, request), external_ref=ref)
        found = self._shop.ask("checkout.create", **_asked(request))
        url = str(found["url"])
        if _site(url) not in self._sites:
            raise ConnectorError(
                "The shop answered a checkout on a host that this connection does not name: "
                "set storefrontUrl."
            )
        return Checkout(url=url, external_ref=str(found["id"]))

    def ensure_webhooks(self) -> WebhookSetup:
        """Say where the shop is to send its webhooks."""
        return WebhookSetup(
            topics=TOPICS,
            by_hand=f"POST your webhooks to {self._outside.callback_url}, signed with this "
            "connection's webhookSecret as Standard Webhooks says.",
        )

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice | None:
        """Verify the Standard Webhooks signature, then parse."""
        now = self._outside.clock.now()
        notice = read_standard_notice(headers, raw_body, self._secret, now)
        return None if notice.topic == "ping" else notice

    @reading
    def interpret(self, notice: Notice) -> Interpretation:
        """Read what the notice itself says; nobody is asked."""
        told = notice.payload.get("data", {})
        if notice.topic == "order.changed":
            return OrderChanged(order=read.order(told))
        if notice.topic == "product.changed":
            found = read.product(told)
            return ProductChanged(external_id=found.external_id, product=found)
        if notice.topic == "product.deleted":
            return ProductChanged(external_id=str(told["id"]), product=None)
        return None

    def _unasked(self) -> Verification:
        problem = () if self._template else ("Set url or checkoutUrl: winners have nowhere to go.",)
        return Verification(
            shop=urlsplit(self._template).netloc or "shop", currency=None, problems=problem
        )

    def _page(
        self,
        question: str,
        read_one: Callable[[Mapping[str, Any]], R],
        cursor: str | None,
        since: datetime | None,
    ) -> Page[R]:
        begin = None if since is None else since.isoformat()
        found = self._shop.ask(question, cursor=cursor, since=begin, limit=self._page_size)
        following = found.get("nextCursor")
        if following is not None and following == cursor:
            raise ConnectorError("The shop's list does not end: its nextCursor stays the same.")
        return Page(
            records=tuple(read_one(node) for node in found["data"]),
            next_cursor=None if following is None else str(following),
            total=found.get("total"),
        )


def _site(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.scheme, parts.netloc.lower()


def _asked(request: CheckoutRequest) -> dict[str, Any]:
    ends = request.expires_at
    return {
        "handle": request.handle,
        "sku": request.sku,
        "variantId": request.variant_ref,
        "quantity": request.quantity,
        "email": request.email,
        "returnUrl": request.return_url,
        "expiresAt": None if ends is None else ends.isoformat(),
    }


def _filled(template: str, request: CheckoutRequest) -> str:
    return filled(
        template,
        request,
        sku=request.sku or "",
        variantId=request.variant_ref or "",
        quantity=str(request.quantity),
    )
