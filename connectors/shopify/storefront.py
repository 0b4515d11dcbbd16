"""The Storefront API: it makes a winner's cart, and is counted by shopper, not by app."""

from typing import Any

from connectors.base import ConnectorError, PlatformRefused, Surroundings
from connectors.calls import call
from connectors.shopify import arrangements
from connectors.shopify.api import Admin, answered, raise_for_errors, refused, unmetered
from connectors.shopify.shop import VERSION

CREATE_CART = """
mutation CreateCart($input: CartInput!) {
  made: cartCreate(input: $input) {
    cart { id checkoutUrl }
    userErrors { code }
    warnings { code }
  }
}
"""

_SHORT = {"MERCHANDISE_NOT_ENOUGH_STOCK", "MERCHANDISE_OUT_OF_STOCK"}


def new_token(admin: Admin) -> str:
    """Have the shop make a token for carts: a public one, which is counted by address."""
    made = admin.ask(arrangements.CREATE_STOREFRONT_TOKEN, title="Fanfare")["made"]
    refused(made["userErrors"], "a Storefront token")
    return str(made["storefrontAccessToken"]["accessToken"])


class Storefront:
    """One shop's Storefront API, by a token of the app's."""

    def __init__(self, shop: str, token: str, outside: Surroundings) -> None:
        self._url = f"https://{shop}/api/{VERSION}/graphql.json"
        self._token, self._outside = token, unmetered(outside)

    def create_cart(self, wanted: dict[str, Any], buyer_ip: str | None) -> dict[str, str]:
        """Return the new cart's ``id`` and ``checkoutUrl``.

        Raises ``PlatformRefused`` for what the shop does not sell, or not so much of.
        """
        body = answered(
            call(
                self._outside,
                "POST",
                self._url,
                json={"query": CREATE_CART, "variables": {"input": wanted}},
                headers=self._headers(buyer_ip),
            )
        )
        raise_for_errors(body.get("errors"))
        made = body["data"]["made"]
        refused(made["userErrors"], "the cart")
        if _SHORT & {warning["code"] for warning in made["warnings"]}:
            raise PlatformRefused("The shop is out of stock.")
        if made["cart"] is None:
            raise ConnectorError("The shop made no cart.")
        return {name: str(made["cart"][name]) for name in ("id", "checkoutUrl")}

    def _headers(self, buyer_ip: str | None) -> dict[str, str]:
        """A private token is for servers, which say for whom they ask."""
        if not self._token.startswith("shp"):
            return {"X-Shopify-Storefront-Access-Token": self._token}
        named = {"Shopify-Storefront-Buyer-IP": buyer_ip} if buyer_ip else {}
        return {"Shopify-Storefront-Private-Token": self._token, **named}
