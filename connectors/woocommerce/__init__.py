"""WooCommerce: the REST API for what the shop has, a checkout link with a coupon for the winner."""

from connectors.gates import soft
from connectors.platform import Key, Platform
from connectors.woocommerce.connector import WooCommerceConnector

PLATFORM = Platform(
    name="woocommerce",
    title="WooCommerce",
    open=WooCommerceConnector,
    destination="url",
    settings=(Key("url", "Address of the shop, under which /wp-json answers."),),
    required_settings=frozenset({"url"}),
    url_settings=frozenset({"url"}),
    credentials=(
        Key(
            "consumerKey",
            "ck_…, of a REST API key; handed out when the merchant agrees, else entered.",
        ),
        Key("consumerSecret", "cs_…, of the same key."),
        Key("webhookSecret", "Signs the shop's webhooks; made for you unless you give it."),
    ),
    gate=soft(
        "Where the plugin Fanfare gate is active, it refuses the products that are ticked as "
        "Fanfare launch; whether it is cannot be seen from here."
    ),
)
