"""Standard Webhooks: who sent this, and when (https://www.standardwebhooks.com, version 1)."""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from connectors.base import NoticeRefused

TOLERANCE_SECONDS = 300
_ID = re.compile(r"[!-~]{1,255}")
_TIMESTAMP = re.compile(r"[0-9]{1,12}")


def verify_standard_webhook(
    headers: Mapping[str, str], raw_body: bytes, secret: str, now: datetime
) -> str:
    """Return the ``webhook-id`` of a body that one of the signatures vouches for.

    A ``whsec_`` secret is base64 as the standard says; it is tried by its raw bytes too, since
    home-made senders sign with the text they were given. Raises ``NoticeRefused``.
    """
    given = {name.lower(): value for name, value in headers.items()}
    ref, timestamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not secret or not _ID.fullmatch(ref) or not _TIMESTAMP.fullmatch(timestamp):
        raise NoticeRefused
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        raise NoticeRefused
    signed = f"{ref}.{timestamp}.".encode() + raw_body
    expected = [hmac.digest(key, signed, sha256) for key in _keys(secret)]
    for sent in _signatures(given.get("webhook-signature", "")):
        if any(hmac.compare_digest(sent, one) for one in expected):
            return ref
    raise NoticeRefused


def _keys(secret: str) -> list[bytes]:
    keys = [secret.encode()]
    if secret.startswith("whsec_"):
        keys += _decoded(secret.removeprefix("whsec_"))
    return keys


def _signatures(header: str) -> list[bytes]:
    versions = [one.partition(",") for one in header.split(" ")]
    return [found for version, _, text in versions if version == "v1" for found in _decoded(text)]


def _decoded(text: str) -> list[bytes]:
    """Return the bytes that base64 means, or nothing for what is not base64, or empty."""
    try:
        found = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return []
    return [found] if found else []
