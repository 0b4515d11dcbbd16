"""Medusa: a cart for each winner, which the merchant's own storefront takes over."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from connectors.base import PlatformRefused, Surroundings
from connectors.links import filled
from connectors.lists import Listing
from connectors.medusa import read
from connectors.medusa.api import Api
from connectors.medusa.lists import ORDER, PAGE_SIZE, PRODUCT, Lists
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
from connectors.signatures import read_standard_notice

DEFAULT_STOREFRONT = "/checkout?cart={cartId}&handle={handle}"
TOPICS = ("order.placed", "order.updated", "order.canceled", "product.changed")
_ID = re.compile(r"\w{1,64}", re.ASCII)


class MedusaConnector(Listing[Lists]):
    """One Medusa server, by a merchant's keys."""

    def __init__(
        self,
        settings: Mapping[str, str],
        credentials: Mapping[str, str],
        outside: Surroundings,
        *,
        page_size: int = PAGE_SIZE,
    ) -> None:
        self._settings, self._outside = settings, outside
        self._url = settings["url"].rstrip("/")
        self._secret = credentials.get("webhookSecret", "")
        self._api = Api(self._url, credentials, outside)
        self._lists = Lists(self._api, page_size)

    @reading
    def verify(self) -> Verification:
        """Read the store, and try the storefront's key."""
        return Verification(
            shop=f"{self._lists.store['name']} ({urlsplit(self._url).netloc})",
            currency=self._lists.currency,
            problems=tuple(self._problems()),
        )

    @reading
    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Make a guest's cart with the variant; its id is the join, its metadata the handle."""
        variant = request.variant_ref or self._variant_of(request.sku)
        body: dict[str, Any] = {
            "region_id": self._settings.get("regionId") or self._lists.region,
            "items": [{"variant_id": variant, "quantity": request.quantity}],
            "metadata": {read.HANDLE: request.handle},
        }
        body |= {"email": request.email} if request.email else {}
        cart = self._api.shop("POST", "carts", json=body)["cart"]
        return Checkout(url=self._link(cart["id"], request), external_ref=cart["id"])

    def ensure_webhooks(self) -> WebhookSetup:
        """Say how the merchant subscribes: Medusa has no webhooks of its own."""
        todo = (
            "Add the Fanfare plugin to medusa-config, with the url "
            f"{self._outside.callback_url} and this connection's webhookSecret."
        )
        if not self._settings.get("storefrontUrl"):
            todo += f" Set storefrontUrl: without it winners go to {self._url}/checkout."
        return WebhookSetup(topics=TOPICS, by_hand=todo)

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice:
        """Verify the Standard Webhooks signature, then parse."""
        now = self._outside.clock.now()
        return read_standard_notice(headers, raw_body, self._secret, now)

    @reading
    def interpret(self, notice: Notice) -> Interpretation:
        """Read again what a notice names."""
        subject = notice.topic.partition(".")[0]
        id_ = _plain(notice.payload["data"]["id"])
        if subject == "order":
            found = self._api.find(f"orders/{id_}", fields=ORDER)
            return None if found is None else OrderChanged(order=read.order(found["order"]))
        if subject == "product":
            found = self._api.find(f"products/{id_}", fields=PRODUCT)
            product = None if found is None else self._lists.product(found["product"])
            return ProductChanged(external_id=id_, product=product)
        return None

    def _problems(self) -> Iterator[str]:
        if not self._secret:
            yield "Set webhookSecret: without it no webhook is accepted."
        try:
            if not self._api.shop("GET", "regions", params={"limit": 1})["regions"]:
                yield "The shop has no region to sell in: add one."
        except PlatformRefused:
            yield "The shop refuses the publishableKey: enter one that has a sales channel."

    def _variant_of(self, sku: str | None) -> str:
        query = {"sku": sku, "fields": "id", "limit": 1}
        found = self._api.admin("product-variants", **query)["variants"] if sku else []
        if not found:
            raise PlatformRefused("The shop has no variant with this SKU.")
        return str(found[0]["id"])

    def _link(self, cart_id: str, request: CheckoutRequest) -> str:
        template = self._settings.get("storefrontUrl") or self._url + DEFAULT_STOREFRONT
        return filled(template, request, cartId=cart_id)


def _plain(id_: Any) -> str:
    """Return an id, which leads nowhere else when it becomes part of an address."""
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise ValueError
    return id_
