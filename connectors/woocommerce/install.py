"""WooCommerce's own way to hand out a key: the merchant agrees, and the shop posts it to us."""

import re
from urllib.parse import parse_qs, urlencode

from connectors.base import NeedsReconnect, NoticeRefused

_KEY = re.compile(r"ck_[0-9a-f]{40}")
_SECRET = re.compile(r"cs_[0-9a-f]{40}")


def page(shop: str, state: str, redirect_url: str) -> str:
    """Return where the merchant agrees; ``state`` travels as the user's id, and comes back."""
    asked = {
        "app_name": "Fanfare",
        "scope": "read_write",
        "user_id": state,
        "return_url": f"{redirect_url}/returned",
        "callback_url": redirect_url,
    }
    return f"{shop}/wc-auth/v1/authorize?{urlencode(asked)}"


def key(query: str, *, expected: bool) -> dict[str, str]:
    """Return the key as a connection keeps it.

    Raises ``NoticeRefused`` unless it came with a state of ours, ``NeedsReconnect`` for a key
    that may not write.
    """
    given = {name: values[0] for name, values in parse_qs(query).items()}
    found = given.get("consumer_key", ""), given.get("consumer_secret", "")
    if not expected or not _KEY.fullmatch(found[0]) or not _SECRET.fullmatch(found[1]):
        raise NoticeRefused
    if given.get("key_permissions") != "read_write":
        raise NeedsReconnect("The key may not write: agree to the connection once more.")
    return {"consumerKey": found[0], "consumerSecret": found[1]}
