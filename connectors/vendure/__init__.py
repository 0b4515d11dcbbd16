"""Vendure: an open-source shop with GraphQL APIs; orders come by our plugin's webhooks."""

from connectors.platform import Key, Platform
from connectors.vendure.connector import VendureConnector
from connectors.webhook_secrets import standard_secret

PLATFORM = Platform(
    name="vendure",
    title="Vendure",
    open=VendureConnector,
    destination="url",
    settings=(
        Key("url", "Address of the Vendure server, under which /admin-api and /shop-api answer."),
        Key(
            "storefrontUrl",
            "Where winners go, with {orderCode}, {handle}, {returnUrl} or {token} filled in.",
        ),
        Key("orderField", "Order custom field that carries the handle; fanfareHandle unless set."),
    ),
    required_settings=frozenset({"url"}),
    url_settings=frozenset({"url", "storefrontUrl"}),
    credentials=(
        Key(
            "apiKey", "API key of an administrator whose role may read catalog, customers, orders."
        ),
        Key("username", "Identifier of an administrator, where there is no API key."),
        Key("password", "That administrator's password."),
        standard_secret("The Fanfare plugin signs its webhooks with it."),
    ),
    credential_groups=(frozenset({"apiKey"}), frozenset({"username", "password"})),
    saved_credentials=frozenset({"sessionToken"}),
)
