"""Any shop that can sign what it says: a few calls it answers, and webhooks it sends."""

from connectors.gates import soft
from connectors.platform import Key, Platform
from connectors.rest.connector import RestConnector
from connectors.webhook_secrets import standard_secret

PLATFORM = Platform(
    name="rest",
    title="Any shop, by signed calls",
    open=RestConnector,
    destination="url",
    settings=(
        Key("url", "Address in your shop that answers our signed calls."),
        Key("storefrontUrl", "Where checkouts are, if not on the host of url."),
        Key(
            "checkoutUrl",
            "Where winners go, if the shop is not to be asked: with {handle}, and {sku}, "
            "{variantId}, {quantity}, {returnUrl} filled in.",
        ),
    ),
    url_settings=frozenset({"url", "checkoutUrl", "storefrontUrl"}),
    credentials=(
        standard_secret("It signs our calls to you and yours to us."),
        Key("apiKey", "Sent as Authorization: Bearer with each call, where your shop wants one."),
    ),
    credential_groups=(frozenset({"webhookSecret"}),),
    gate=soft("Your own checkout can prevent it: POST /api/v1/admissions/validate before it pays."),
)
