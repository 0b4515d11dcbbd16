"""Shopify: the Admin API for what the shop has, the Storefront API for the winner's cart."""

from connectors.platform import Allowance, Key, Platform
from connectors.shopify.connector import ShopifyConnector
from connectors.shopify.gate import of_checkout
from connectors.shopify.shop import DOMAIN

PLATFORM = Platform(
    name="shopify",
    title="Shopify",
    open=ShopifyConnector,
    destination="shop",
    settings=(
        Key("shop", "The shop's own name at Shopify, such as example.myshopify.com.", DOMAIN),
        Key(
            "discountPercent",
            "Percent off by a code of each winner's own, from 0.01 to 100; no codes unless set.",
            r"(?!0(\.0{1,2})?$)(100|[1-9]?[0-9](\.[0-9]{1,2})?)",
        ),
        Key(
            "gateFunction",
            "Handle of the installed checkout Function, such as fanfare-checkout-gate.",
            r"[a-z0-9-]{1,100}",
        ),
        Key(
            "gatedVariants",
            "Numbers of the variants that the Function sells to winners alone, such as 42,43.",
            r"[0-9]{1,20}(,[0-9]{1,20}){0,99}",
        ),
    ),
    required_settings=frozenset({"shop"}),
    credentials=(
        Key("clientId", "Client id of the app in Shopify's Dev Dashboard."),
        Key("clientSecret", "The app's secret; also signs its webhooks."),
        Key("previousClientSecret", "The secret before that, for an hour after it was replaced."),
        Key("accessToken", "Admin API token, where the app was not installed through us."),
        Key("refreshToken", "The token that renews it, where it expires."),
        Key("storefrontToken", "Storefront API token; winners go by a cart permalink without."),
    ),
    credential_groups=(frozenset({"accessToken"}), frozenset({"clientId", "clientSecret"})),
    saved_credentials=frozenset({"accessTokenExpiresAt", "timeZone"}),
    gate=of_checkout,
    allowance=Allowance(maximum=1000, per_second=100),
)
