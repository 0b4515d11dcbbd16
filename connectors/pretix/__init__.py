"""pretix: tickets, where a winner's admission is a voucher that shows what nobody else sees."""

from connectors.gates import hard
from connectors.platform import Key, Platform
from connectors.pretix.connector import PretixConnector

PLATFORM = Platform(
    name="pretix",
    title="pretix",
    open=PretixConnector,
    destination="url",
    settings=(
        Key("url", "Address of the pretix server, such as https://pretix.eu."),
        Key("organizer", "Short form of the organizer, as in the shop's address."),
        Key("event", "Short form of the event."),
    ),
    required_settings=frozenset({"url", "organizer", "event"}),
    url_settings=frozenset({"url"}),
    credentials=(
        Key("apiToken", "API token of a team that may work with this event."),
        Key(
            "webhookPath",
            "Secret part of the webhook's address, 16 to 200 characters without spaces; made for "
            "you unless given.",
            r"[!-~]{16,200}",
        ),
    ),
    credential_groups=(frozenset({"apiToken"}),),
    gate=hard(
        "pretix refuses whoever has no voucher, for tickets that can only be bought with one: a "
        "ticket that it shows to everybody it sells to everybody."
    ),
)
