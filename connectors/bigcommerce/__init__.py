"""BigCommerce: carts made for winners, whose id the order keeps."""

from connectors.bigcommerce.connector import BigCommerceConnector
from connectors.platform import Allowance, Key, Platform

PLATFORM = Platform(
    name="bigcommerce",
    title="BigCommerce",
    open=BigCommerceConnector,
    destination="storeHash",
    settings=(
        Key("storeHash", "The part of the API path after /stores/.", r"[a-z0-9]{3,20}"),
        Key(
            "channelId", "Channel whose checkout winners use; the default one unless set.", "[0-9]+"
        ),
    ),
    required_settings=frozenset({"storeHash"}),
    credentials=(
        Key("accessToken", "Access token of a store-level API account, or of the installed app."),
        Key("clientSecret", "Client secret of the same account or app: signs its webhooks."),
        Key("clientId", "Client id of an app that is to be installed."),
    ),
    credential_groups=(frozenset({"accessToken"}), frozenset({"clientId", "clientSecret"})),
    single_use_links=True,
    allowance=Allowance(maximum=150, per_second=5),
)
