"""Names at Shopify: a shop's domain, and the ids of what it has."""

import re

from connectors.base import ConnectorError

VERSION = "2026-10"
LOWEST_VERSION = "2026-07"
"""Orders tell the token of their cart only from this one on."""

DOMAIN = r"[a-zA-Z0-9][a-zA-Z0-9-]{0,59}\.myshopify\.com"
_NUMBER = re.compile(r"[0-9]{1,20}")


def checked_domain(text: str) -> str:
    """Return a shop's own domain, in lower case. Raises ``ConnectorError``.

    Nothing else may stand there: secrets are sent to it.
    """
    if not re.fullmatch(DOMAIN, text):
        raise ConnectorError(
            "The setting shop is not a shop's own name, such as example.myshopify.com."
        )
    return text.lower()


def gid(kind: str, number: str) -> str:
    """Return the global id that the APIs take for one of ours."""
    if not _NUMBER.fullmatch(number):
        raise ConnectorError(f"{kind} ids of Shopify are numbers.")
    return f"gid://shopify/{kind}/{number}"


def number(global_id: str) -> str:
    """Return the number in a global id, by which webhooks and the admin's addresses name it."""
    return global_id.partition("?")[0].rpartition("/")[2]
