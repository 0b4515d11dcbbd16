"""Vendure: the Admin API for what the shop has, the Shop API for the winner's order."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from connectors.base import (
    ConnectorError,
    PlatformRefused,
    Surroundings,
)
from connectors.links import filled
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
from connectors.signatures import read_standard_notice
from connectors.vendure import queries, read
from connectors.vendure.api import Api, Denied
from connectors.vendure.lists import Lists
from connectors.vendure.walk import moment, not_before

DEFAULT_FIELD = "fanfareHandle"
DEFAULT_STOREFRONT = "/checkout?order={orderCode}&handle={handle}"
PAGE_SIZE = 100
TOPICS = ("order.placed", "order.paid", "order.cancelled", "order.updated", "product.changed")


class VendureConnector(Listing[Lists]):
    """One Vendure server, by a merchant's API key or account."""

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
        self._field = settings.get("orderField") or DEFAULT_FIELD
        self._secret = credentials.get("webhookSecret", "")
        self._api = Api(
            self._url,
            credentials.get("apiKey", ""),
            (credentials.get("username", ""), credentials.get("password", "")),
            credentials.get("sessionToken", ""),
            outside,
        )
        self._lists = Lists(self._api, page_size, self._field)

    @reading
    def verify(self) -> Verification:
        """Sign in, and look for the permissions, the custom field and a clock that agrees."""
        found = self._api.admin(queries.VERIFY)
        missing = tuple(scope for scope in queries.PROBES if not self._may(scope))
        problems = [] if missing else self._problems(found)
        return Verification(
            shop=urlsplit(self._url).netloc,
            currency=found["activeChannel"]["defaultCurrencyCode"],
            missing_scopes=missing,
            problems=tuple(problems),
        )

    @reading
    def create_checkout(self, request: CheckoutRequest) -> Checkout:
        """Prepare a guest's order with the variant and the handle; its code is the join.

        No customer is put on it: Vendure would drop the order when that shopper signs in.
        """
        variant = request.variant_ref or self._variant_of(request.sku)
        data, token = self._api.guest(queries.ADD_ITEM, variant=variant, quantity=request.quantity)
        added = _accepted(data["added"])
        if not token:
            raise ConnectorError("Add 'bearer' to authOptions.tokenMethod in the shop's config.")
        data, _ = self._api.guest(queries.set_handle(self._field), token, handle=request.handle)
        _accepted(data["set"])
        return Checkout(url=self._link(added["code"], token, request), external_ref=added["code"])

    def ensure_webhooks(self) -> WebhookSetup:
        """Say how the merchant subscribes: Vendure has no webhooks of its own."""
        return WebhookSetup(
            topics=TOPICS,
            by_hand=(
                "Add the Fanfare plugin to the shop's config, with the url "
                f"{self._outside.callback_url} and this connection's webhookSecret."
            ),
        )

    def read_notice(self, headers: Mapping[str, str], raw_body: bytes) -> Notice:
        """Verify the Standard Webhooks signature, then parse."""
        now = self._outside.clock.now()
        return read_standard_notice(headers, raw_body, self._secret, now)

    @reading
    def interpret(self, notice: Notice) -> Interpretation:
        """Read an order from the notice itself; read a changed product again."""
        if notice.topic.startswith("order."):
            return OrderChanged(order=read.posted_order(notice.payload, self._field))
        if notice.topic == "product.changed":
            return self._product_now(notice)
        return None

    def _may(self, scope: str) -> bool:
        """Try it: an API key has no account that could be asked for its permissions."""
        try:
            self._api.admin(queries.PROBES[scope])
        except Denied:
            return False
        return True

    def _problems(self, found: dict[str, Any]) -> list[str]:
        problems = []
        lists = found["globalSettings"]["serverConfig"]["entityCustomFields"]
        fields = {
            field["name"]
            for entity in lists
            if entity["entityName"] == "Order"
            for field in entity["customFields"]
        }
        if self._field not in fields:
            problems.append(
                f"Orders have no custom field {self._field}: install the Fanfare plugin, "
                "or name another field in the setting orderField."
            )
        if not self._clock_agrees():
            problems.append(
                "The shop's server and its database disagree about the time zone: run it with "
                "TZ=UTC, or changes will be missed."
            )
        return problems

    def _clock_agrees(self) -> bool:
        """Ask for the newest product by its own time, which finds it where all is well."""
        newest = self._api.admin(queries.NEWEST)["products"]["items"]
        if not newest:
            return True
        id_, when = newest[0]["id"], newest[0]["updatedAt"]
        later = moment(datetime.fromisoformat(when) + timedelta(minutes=1))
        at, after = (
            self._api.admin(queries.STILL_THERE, id=id_, updatedAt=not_before(start)["between"])
            for start in (when, later)
        )
        return bool(at["products"]["totalItems"]) and not after["products"]["totalItems"]

    def _variant_of(self, sku: str | None) -> str:
        found = self._api.admin(queries.VARIANT, sku=sku)["productVariants"]["items"] if sku else []
        if not found:
            raise PlatformRefused("The shop has no variant with this SKU.")
        return str(found[0]["id"])

    def _link(self, code: str, token: str, request: CheckoutRequest) -> str:
        template = self._settings.get("storefrontUrl") or self._url + DEFAULT_STOREFRONT
        return filled(template, request, orderCode=code, token=token)

    def _product_now(self, notice: Notice) -> ProductChanged:
        id_ = read.product_ref(notice.payload)
        found = self._api.admin(queries.PRODUCT, id=id_)
        node = found["product"]
        return ProductChanged(external_id=id_, product=read.product(node, found) if node else None)


def _accepted(result: dict[str, Any]) -> dict[str, Any]:
    """Return an order, or raise ``PlatformRefused`` with the shop's own code for the reason."""
    if result["__typename"] != "Order":
        reason = result.get("errorCode", result["__typename"])
        raise PlatformRefused(f"The shop refused the order: {reason}.")
    return result
