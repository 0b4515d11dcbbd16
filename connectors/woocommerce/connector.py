"""WooCommerce: a coupon for each winner, which only this one product takes, and only once."""

from collections.abc import Mapping
from datetime import UTC
from typing import Any
from urllib.parse import urlencode, urlsplit

from connectors.base import PlatformRefused, Surroundings
from connectors.lists import Listing
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
from connectors.woocommerce import install, read, webhooks
from connectors.woocommerce.api import Api
from connectors.woocommerce.lists import MOST, Lists


class WooCommerceConnector(Listing[Lists]):
    """One shop, by a merchant's REST key."""

    def __init__(
        self,
        settings: Mapping[str, str],
        credentials: Mapping[str, str],
        outside: Surroundings,
        *,
        page_size: int = MOST,
    ) -> None:
        self._outside = outside
        self._url = settings["url"].rstrip("/")
        self._secret = credentials.get("webhookSecret", "")
        self._api = Api(self._url, credentials, outside)
        self._lists = Lists(self._api, page_size)

    def authorize(self, state: str) -> str:
        """Return the shop's page where its merchant agrees to hand out a key."""
        return install.page(self._url, state, self._outside.redirect_url or "")

    def authorized(self, query: str, *, expected: bool) -> None:
        """Take the key that the shop has posted; nobody signs it but by knowing ``state``."""
        self._outside.save_credentials(install.key(query, expected=expected))

    @reading
    def verify(self) -> Verification:
        """Read the currency and one of each list: a key that lacks a permission gets 401."""
        for path in ("products", "customers", "orders", "coupons", "webhooks"):
            self._api.page(path, per_page=1)
        return Verification(shop=urlsplit(self._url).netloc, currency=self._lists.currency)

    @reading
    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Make a coupon, whose code is the join, and a link that fills a cart with it."""
        item = self._item(request)
        code = read.coupon(request.handle)
        try:
            self._api.send("POST", "coupons", _coupon(code, item["id"], request))
        except PlatformRefused:
            self._made_before(code)
        query = {
            "products": f"{item['id']}:{request.quantity}",
            "coupon": code,
            "fanfare": request.handle,
            "utm_source": "fanfare",
            "utm_content": request.handle,
        }
        link = f"{self._url}/checkout-link/?{urlencode(query, safe=':')}"
        return Checkout(url=link, external_ref=code)

    @reading
    def ensure_webhooks(self) -> WebhookSetup:
        """Subscribe, and wake what was disabled: WooCommerce gives up at the seventh failure."""
        if not self._secret:
            self._secret = made_secret(self._outside)
        webhooks.ensure(self._api, self._outside.callback_url or "", self._secret)
        return WebhookSetup(topics=webhooks.TOPICS)

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice | None:
        """Verify the signature over the raw bytes, then parse; None for a ping."""
        return webhooks.read_notice(headers, raw_body, self._secret)

    @reading
    def interpret(self, notice: Notice) -> Interpretation:
        """Read a posted order; look again at what is told to be deleted, and at products."""
        subject, _, what = notice.topic.partition(".")
        if subject == "product":
            return self._product_now(int(notice.payload["id"]))
        if what != "deleted":
            return OrderChanged(order=read.order(notice.payload))
        found = self._api.find(f"orders/{int(notice.payload['id'])}")
        return None if found is None else OrderChanged(order=read.order(found))

    def _product_now(self, id_: int) -> ProductChanged:
        node = self._api.find(f"products/{id_}")
        gone = node is None or node["status"] == "trash"
        product = None if node is None or gone else self._lists.product(node)
        return ProductChanged(external_id=str(id_), product=product)

    def _item(self, request: CheckoutRequest) -> dict[str, Any]:
        """Return the product or variation that is to be bought, once it is there to be."""
        if request.variant_ref:
            found = self._api.find(f"products/{int(request.variant_ref)}")
        else:
            listed = self._api.page("products", sku=request.sku)[0] if request.sku else []
            found = listed[0] if listed else None
        if found is None:
            raise PlatformRefused("The shop has no such product.")
        there = read.inventory(found)
        if there is not None and there < request.quantity:
            raise PlatformRefused("The shop is out of stock.")
        return found

    def _made_before(self, code: str) -> None:
        """See whether an attempt whose answer was lost has made the coupon."""
        found, _ = self._api.page("coupons", code=code)
        if not found:
            raise PlatformRefused("The shop made no coupon.")


def _coupon(code: str, item: int, request: CheckoutRequest) -> dict[str, Any]:
    ends = request.expires_at
    return {
        "code": code,
        "description": "An admission by Fanfare: deleting it turns the winner away.",
        "discount_type": "percent",
        "amount": "0",
        "usage_limit": 1,
        "limit_usage_to_x_items": request.quantity,
        "product_ids": [item],
        "email_restrictions": [request.email] if request.email else [],
        "date_expires": ends and f"{ends.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "meta_data": [{"key": "_fanfare_quantity", "value": str(request.quantity)}],
    }
