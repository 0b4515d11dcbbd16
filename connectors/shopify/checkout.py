"""A winner's way into the checkout: a cart made for them, or a link that fills one."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

from connectors.base import ConnectorError, PlatformRefused
from connectors.records import Checkout, CheckoutRequest
from connectors.shopify import arrangements, documents
from connectors.shopify.api import Admin, refused
from connectors.shopify.gate import Gate
from connectors.shopify.read import ATTRIBUTE
from connectors.shopify.shop import gid, number
from connectors.shopify.storefront import Storefront

METAFIELD = "$app:fanfare.handle"
"""The same in a namespace that only our app can write, where the cart takes it."""


class Checkouts:
    """One shop's checkouts; without a Storefront API they are links."""

    def __init__(
        self, shop: str, admin: Admin, storefront: Storefront | None, gate: Gate, percent: str
    ) -> None:
        self._shop, self._admin, self._storefront, self._gate = shop, admin, storefront, gate
        self._percent = _fraction(percent) if percent else None

    def create(self, request: CheckoutRequest, now: datetime) -> Checkout:
        """Prepare one winner's checkout, with what the shop's gate asks for."""
        variant = request.variant_ref or self._variant_of(request.sku)
        code = self._discount(request, variant) if self._percent is not None else None
        attributes = {ATTRIBUTE: request.handle, **self._gate.passes(request, variant, now)}
        if self._storefront is None:
            return self._link(request, variant, attributes, code)
        return self._cart(self._storefront, request, variant, attributes, code)

    def _cart(
        self,
        storefront: Storefront,
        request: CheckoutRequest,
        variant: str,
        attributes: dict[str, str],
        code: str | None,
    ) -> Checkout:
        """Make a cart; its token is on the order that comes of it."""
        wanted: dict[str, Any] = {
            "lines": [
                {"merchandiseId": gid("ProductVariant", variant), "quantity": request.quantity}
            ],
            "attributes": [{"key": key, "value": value} for key, value in attributes.items()],
            "metafields": [
                {"key": METAFIELD, "type": "single_line_text_field", "value": request.handle}
            ],
            "discountCodes": [code] if code else [],
        }
        if request.email:
            wanted["buyerIdentity"] = {"email": request.email}
        made = storefront.create_cart(wanted, request.buyer_ip)
        return Checkout(url=made["checkoutUrl"], external_ref=number(made["id"]))

    def _link(
        self,
        request: CheckoutRequest,
        variant: str,
        attributes: dict[str, str],
        code: str | None,
    ) -> Checkout:
        """Write a cart permalink: nobody is asked, and only the attribute joins the order."""
        query = {f"attributes[{key}]": value for key, value in attributes.items()}
        if request.email:
            query["checkout[email]"] = request.email
        if code:
            query["discount"] = code
        path = f"cart/{number(gid('ProductVariant', variant))}:{request.quantity}"
        url = f"https://{self._shop}/{path}?{urlencode(query, quote_via=quote)}"
        return Checkout(url=url, external_ref=request.handle)

    def _variant_of(self, sku: str | None) -> str:
        wanted = f'sku:"{(sku or "").translate(_QUOTED)}"'
        found = self._admin.ask(documents.VARIANT_BY_SKU, query=wanted) if sku else None
        nodes = found["productVariants"]["nodes"] if found else []
        # The search also finds what only begins like it.
        exact = [number(node["id"]) for node in nodes if node["sku"] == sku]
        if not exact:
            raise PlatformRefused("The shop has no variant with this SKU.")
        return exact[0]

    def _discount(self, request: CheckoutRequest, variant: str) -> str:
        """Make the winner's own code: good once, for this variant, until the admission ends."""
        ends = request.expires_at
        discount = {
            "title": f"Fanfare {request.handle}",
            "code": request.handle,
            "usageLimit": 1,
            "appliesOncePerCustomer": True,
            "startsAt": "2020-01-01T00:00:00Z",
            "endsAt": ends.astimezone(UTC).isoformat() if ends else None,
            "context": {"all": "ALL"},
            "customerGets": {
                "value": {"percentage": self._percent},
                "items": {"products": {"productVariantsToAdd": [gid("ProductVariant", variant)]}},
            },
        }
        made = self._admin.ask(arrangements.CREATE_DISCOUNT, discount=discount)["made"]
        # A checkout that is asked for again finds its code there already.
        errors = [error for error in made["userErrors"] if error["code"] != "TAKEN"]
        refused(errors, "the discount code")
        return request.handle


_QUOTED = str.maketrans({'"': r"\"", "\\": r"\\"})


def _fraction(percent: str) -> float:
    try:
        share = float(percent) / 100
    except ValueError:
        share = 0
    if not 0 < share <= 1:
        raise ConnectorError("The setting discountPercent is not a number from 0.01 to 100.")
    return share
