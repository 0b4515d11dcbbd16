"""A make-believe shop inside the process, for tests: never offered in production."""

from connectors.fake.connector import open_fake
from connectors.fake.shop import FakeShop, shop
from connectors.platform import Key, Platform

__all__ = ["PLATFORM", "FakeShop", "shop"]

PLATFORM = Platform(
    name="fake",
    title="Make-believe shop",
    open=open_fake,
    destination="shop",
    settings=(Key("shop", "Name of the shop in this process."),),
    required_settings=frozenset({"shop"}),
    credentials=(
        Key("apiKey", "What the shop's own api_key says."),
        Key("webhookSecret", "Secret that signs its webhooks."),
    ),
    credential_groups=(frozenset({"apiKey"}),),
    testing=True,
)
