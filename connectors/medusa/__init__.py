"""Medusa v2: carts made for winners by the Store API, orders read by the Admin API."""

from connectors.medusa.connector import MedusaConnector
from connectors.platform import Key, Platform
from connectors.webhook_secrets import standard_secret

PLATFORM = Platform(
    name="medusa",
    title="Medusa",
    open=MedusaConnector,
    destination="url",
    settings=(
        Key("url", "Address of the Medusa server, under which /admin and /store answer."),
        Key(
            "storefrontUrl",
            "Where winners go, with {cartId}, {handle} or {returnUrl} filled in; unless set the "
            "path /checkout of the server.",
        ),
        Key("regionId", "Region whose prices winners pay; unless set the shop's default one."),
    ),
    required_settings=frozenset({"url"}),
    url_settings=frozenset({"url", "storefrontUrl"}),
    credentials=(
        Key("apiKey", "Secret API key."),
        Key("publishableKey", "Publishable API key of the sales channel that winners buy in."),
        standard_secret("The Fanfare plugin signs its webhooks with it."),
    ),
    credential_groups=(frozenset({"apiKey", "publishableKey"}),),
)
