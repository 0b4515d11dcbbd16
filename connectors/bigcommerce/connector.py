"""BigCommerce: version 3 for catalog, customers, carts and webhooks, version 2 for orders."""

import json
from collections.abc import Mapping
from typing import Any

from connectors.base import NoticeRefused, PlatformRefused, Surroundings
from connectors.bigcommerce import install
from connectors.bigcommerce.api import Api
from connectors.bigcommerce.lists import MOST, Lists
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
from connectors.signatures import verify_standard_webhook

ORDERS, PRODUCTS = "store/order/", "store/product/"
CONVERTED = "store/cart/converted"
TOPICS = (
    CONVERTED,
    "store/order/archived",
    "store/order/refund/created",
    "store/order/statusUpdated",
    "store/product/created",
    "store/product/deleted",
    "store/product/inventory/updated",
    "store/product/updated",
)
SCOPES = {
    "store_v2_products_read_only": "v3/catalog/products",
    "store_v2_customers_read_only": "v3/customers",
    "store_v2_orders_read_only": "v2/orders",
}
"""What is tried; carts (``store_cart``) cannot be without making one."""


class BigCommerceConnector(Listing[Lists]):
    """One store, by the token of an API account or an installed app."""

    def __init__(
        self,
        settings: Mapping[str, str],
        credentials: Mapping[str, str],
        outside: Surroundings,
        *,
        page_size: int = MOST,
    ) -> None:
        self._outside, self._store_hash = outside, settings["storeHash"]
        self._channel = settings.get("channelId")
        self._secret = credentials.get("clientSecret", "")
        self._credentials = credentials
        self._api = Api(self._store_hash, credentials.get("accessToken", ""), outside)
        self._lists = Lists(self._api, page_size)

    def authorize(self, state: str) -> str:  # noqa: ARG002 - BigCommerce sends none back
        """Return the store's page where its owner installs the app."""
        return install.page(self._credentials.get("clientId", ""))

    def authorized(self, query: str, *, expected: bool) -> None:  # noqa: ARG002 - see install
        """Change the code that the owner came back with into a token of this store."""
        store = f"stores/{self._store_hash}"
        token = install.token(query, store, self._credentials, self._outside)
        self._outside.save_credentials({"accessToken": token})

    @reading
    def verify(self) -> Verification:
        """Read the store, and try what the token may."""
        store = self._lists.store
        missing = tuple(scope for scope, path in SCOPES.items() if not self._api.may(path))
        problems = () if self._secret else ("Set clientSecret: without it no webhook is accepted.",)
        return Verification(
            shop=f"{store['name']} ({store['domain']})",
            currency=store["currency"],
            missing_scopes=missing,
            problems=problems,
        )

    @reading
    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Make a cart, whose id is the join, and a link into its checkout that works once.

        A cart that was made before gets another link, while it is there.
        """
        if request.again is not None and self._api.find(f"v3/carts/{request.again}"):
            return self._linked(request.again, request)
        product, _, variant = (request.variant_ref or self._ref_of(request.sku)).partition("-")
        line = {"quantity": request.quantity, "product_id": int(product)}
        line |= {"variant_id": int(variant)} if variant else {}
        cart: dict[str, Any] = {"line_items": [line]}
        cart |= {"channel_id": int(self._channel)} if self._channel else {}
        made = self._api.send("POST", "carts", cart)
        return self._linked(made["id"], request)

    def _linked(self, cart: str, request: CheckoutRequest) -> Checkout:
        carried = {"query_params": [{"key": "fanfare", "value": request.handle}]}
        links = self._api.send("POST", f"carts/{cart}/redirect_urls", carried)
        return Checkout(url=links["checkout_url"], external_ref=cart)

    @reading
    def ensure_webhooks(self) -> WebhookSetup:
        """Subscribe, and revive what was deactivated after failures or 90 quiet days."""
        address = self._outside.callback_url
        found, _ = self._api.v3_page("hooks", limit=MOST)
        ours = {each["scope"]: each for each in found if each["destination"] == address}
        for scope in TOPICS:
            body = {"scope": scope, "destination": address, "is_active": True}
            if scope not in ours:
                self._api.send("POST", "hooks", body)
            elif not ours[scope]["is_active"]:
                self._api.send("PUT", f"hooks/{ours[scope]['id']}", body)
        return WebhookSetup(topics=TOPICS)

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice:
        """Verify the Standard Webhooks signature, keyed with the client secret, then parse."""
        now = self._outside.clock.now()
        ref = verify_standard_webhook(headers, raw_body, self._secret, now)
        try:
            payload = json.loads(raw_body)
            if payload["producer"] != f"stores/{self._store_hash}":
                raise NoticeRefused
            return Notice(ref=ref, topic=str(payload["scope"]), payload=payload)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise NoticeRefused("This webhook is signed, but it is not a notice.") from None

    @reading
    def interpret(self, notice: Notice) -> Interpretation:
        """Read again what a notice names: it says no more than an id."""
        told = notice.payload["data"]
        if notice.topic == CONVERTED:
            return self._order_now(int(told["orderId"]))
        if notice.topic.startswith(ORDERS):
            return self._order_now(int(told["id"]))
        if notice.topic.startswith(PRODUCTS):
            return self._product_now(int(told["id"]))
        return None

    def _order_now(self, id_: int) -> OrderChanged | None:
        node = self._api.find(f"v2/orders/{id_}")
        return None if node is None else OrderChanged(order=self._lists.order(node))

    def _product_now(self, id_: int) -> ProductChanged:
        found = self._api.find(f"v3/catalog/products/{id_}", include="variants,images")
        product = None if found is None else self._lists.product(found["data"])
        return ProductChanged(external_id=str(id_), product=product)

    def _ref_of(self, sku: str | None) -> str:
        found, _ = self._api.v3_page("catalog/variants", sku=sku) if sku else ([], 0)
        if not found:
            raise PlatformRefused("The shop has no variant with this SKU.")
        return f"{found[0]['product_id']}-{found[0]['id']}"
