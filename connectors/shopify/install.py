"""Installing the app: the merchant agrees in the shop, and comes back with a signed query."""

import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from urllib.parse import parse_qsl, quote, urlencode

from connectors.base import NoticeRefused

TOLERANCE_SECONDS = 90
MOST_LETTERS, MOST_PARAMETERS = 8_192, 30
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


def agreement_url(
    shop: str, client_id: str, scopes: Sequence[str], redirect_url: str, state: str
) -> str:
    """Return the shop's page on which its merchant agrees to what the app may do."""
    query = {
        "client_id": client_id,
        "scope": ",".join(scopes),
        "redirect_uri": redirect_url,
        "state": state,
    }
    return f"https://{shop}/admin/oauth/authorize?{urlencode(query, quote_via=quote)}"


def verified(query: str, shop: str, secrets: Sequence[str], now: datetime) -> dict[str, str]:
    """Return the parameters of a query that Shopify signed for this shop, a moment ago.

    Raises ``NoticeRefused``.
    """
    given = _parsed(query)
    timestamp = given.get("timestamp", "")
    if not _TIMESTAMP.fullmatch(timestamp):
        raise NoticeRefused
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        raise NoticeRefused("This link has expired: install the app again.")
    if not is_signed(given, secrets) or given.get("shop", "").lower() != shop:
        raise NoticeRefused
    return given


def is_signed(given: Mapping[str, str], secrets: Sequence[str]) -> bool:
    """Tell whether one of the secrets signed these parameters; an empty one signs nothing."""
    message = signed_text(given).encode()
    sent = given.get("hmac", "").encode()
    expected = [
        hmac.digest(secret.encode(), message, sha256).hex().encode() for secret in secrets if secret
    ]
    return any([hmac.compare_digest(sent, each) for each in expected])  # noqa: C419 - all are compared


def signed_text(given: Mapping[str, str]) -> str:
    """Return what is signed: the other parameters by name, encoded as browsers encode forms.

    But a space is ``%20``. Shopify's own libraries disagree on this; its Node library encodes.
    """
    names = sorted(given.keys() - {"hmac", "signature"})
    return "&".join(f"{_encoded(name)}={_encoded(given[name])}" for name in names)


def _encoded(text: str) -> str:
    return quote(text, safe="*").replace("~", "%7E")


def _parsed(query: str) -> dict[str, str]:
    """Return a query's parameters, each of which stands there once."""
    if len(query) > MOST_LETTERS:
        raise NoticeRefused
    try:
        pairs = parse_qsl(
            query,
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=MOST_PARAMETERS,
        )
    except ValueError:
        raise NoticeRefused from None
    given = dict(pairs)
    if len(given) != len(pairs):
        raise NoticeRefused
    return given
