"""pretix: a voucher for each winner, and a webhook that is never believed but read again."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from connectors.base import NeedsReconnect, PlatformRefused, Surroundings
from connectors.lists import Listing
from connectors.pretix import read, webhooks
from connectors.pretix.api import PAGE_SIZE, Api
from connectors.pretix.lists import TAG, Lists
from connectors.reading import reading
from connectors.records import (
    Checkout,
    CheckoutRequest,
    Interpretation,
    Notice,
    OrderChanged,
    ProductChanged,
    Verification,
    WebhookSetup,
)
from connectors.webhook_secrets import made_secret

SECRET = "webhookPath"
ORDERS, ITEMS = "pretix.event.order.", "pretix.event.item."


class PretixConnector(Listing[Lists]):
    """One event of a pretix server, by a team's token."""

    def __init__(
        self,
        settings: Mapping[str, str],
        credentials: Mapping[str, str],
        outside: Surroundings,
        *,
        page_size: int = PAGE_SIZE,
    ) -> None:
        self._outside = outside
        self._secret = credentials.get(SECRET, "")
        self._api = Api(settings, credentials.get("apiToken", ""), outside)
        self._lists = Lists(self._api, page_size)

    @reading
    def verify(self) -> Verification:
        """Read the event, and try what the token may."""
        event = self._api.get(self._api.of_event())
        lists = {
            "event.vouchers:write": self._api.of_event("vouchers/"),
            "event.orders:read": self._api.of_event("orders/"),
            "organizer.customers:read": self._api.of_organizer("customers/"),
        }
        missing = tuple(scope for scope, url in lists.items() if not self._may(url))
        problems = () if event["live"] else ("The event's shop is not live: nobody can buy.",)
        return Verification(
            shop=f"{read.text(event['name'])} ({self._api.organizer})",
            currency=event["currency"],
            missing_scopes=missing,
            problems=problems,
        )

    @reading
    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Make a voucher that reserves the ticket; its code is the handle, its id the join."""
        item, variation = self._wanted(request)
        body = {
            "code": request.handle,
            "max_usages": request.quantity,
            "valid_until": request.expires_at and request.expires_at.isoformat(),
            "block_quota": True,
            "show_hidden_items": True,
            "item": item,
            "variation": variation,
            "tag": TAG,
            # pretix keeps codes in capitals.
            "comment": request.handle,
        }
        try:
            voucher = self._api.send("POST", self._api.of_event("vouchers/"), body)
        except PlatformRefused:
            voucher = self._made_before(request)
        return Checkout(url=self._redeem(request), external_ref=str(voucher["id"]))

    @reading
    def ensure_webhooks(self) -> WebhookSetup:
        """Subscribe, or say what to enter by hand where the token may not."""
        if not self._secret:
            self._secret = made_secret(self._outside, SECRET)
        address = self._outside.callback_url or ""
        try:
            webhooks.ensure(self._api, address, self._secret)
        except NeedsReconnect:
            return WebhookSetup(topics=webhooks.TOPICS, by_hand=webhooks.by_hand(address))
        return WebhookSetup(topics=webhooks.TOPICS)

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice:
        """Look for the secret that only our address holds: pretix signs nothing."""
        return webhooks.read_notice(headers, raw_body, self._secret)

    @reading
    def interpret(self, notice: Notice) -> Interpretation:
        """Read again what a notice names."""
        told = notice.payload
        if told["event"] != self._api.event or told["organizer"] != self._api.organizer:
            return None
        if notice.topic.startswith(ORDERS):
            order = self._api.find(self._api.of_event(f"orders/{_plain(told['code'])}/"))
            return None if order is None else OrderChanged(order=self._lists.order(order))
        if notice.topic.startswith(ITEMS):
            return self._item_now(int(told["item"]))
        return None

    def _item_now(self, item: int) -> ProductChanged:
        node = self._api.find(self._api.of_event(f"items/{item}/"))
        product = None if node is None else self._lists.product(node)
        return ProductChanged(external_id=read.ref(item), product=product)

    def _may(self, url: str) -> bool:
        try:
            self._api.get(url, page_size=1)
        except NeedsReconnect:
            return False
        return True

    def _wanted(self, request: CheckoutRequest) -> tuple[int, int | None]:
        named = request.variant_ref or self._ref_of(request.sku)
        item, _, variation = named.partition("-")
        return int(item), int(variation) if variation else None

    def _ref_of(self, sku: str | None) -> str:
        for node in self._api.every(self._api.of_event("items/"), ordering="id") if sku else ():
            for variant in self._lists.product(node, {}).variants:
                if variant.sku == sku:
                    return variant.external_id
        raise PlatformRefused("The shop has no ticket with this SKU.")

    def _made_before(self, request: CheckoutRequest) -> dict[str, Any]:
        """Return the voucher of an attempt whose answer was lost."""
        found = self._api.get(self._api.of_event("vouchers/"), code=request.handle)["results"]
        for voucher in found:
            if voucher["tag"] == TAG and voucher["comment"] == request.handle:
                return dict(voucher)
        raise PlatformRefused("The shop made no voucher: it may be sold out.")

    def _redeem(self, request: CheckoutRequest) -> str:
        query = urlencode({"voucher": request.handle})
        return f"{self._api.url}/{self._api.organizer}/{self._api.event}/redeem?{query}"


def _plain(code: Any) -> str:
    """Return an order's code, which leads nowhere else when it becomes part of an address."""
    if not isinstance(code, str) or not code.isalnum():
        raise ValueError
    return code
