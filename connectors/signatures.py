"""Standard Webhooks: who sent this, and when (https://www.standardwebhooks.com, version 1)."""

import base64
import binascii
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from standardwebhooks import Webhook

from connectors.base import NoticeRefused
from connectors.records import Notice

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


def read_standard_notice(
    headers: Mapping[str, str], raw_body: bytes, secret: str, now: datetime
) -> Notice:
    """Verify a webhook, then parse it: a JSON object whose ``type`` is the topic.

    Raises ``NoticeRefused``.
    """
    ref = verify_standard_webhook(headers, raw_body, secret, now)
    try:
        payload = json.loads(raw_body)
        return Notice(ref=ref, topic=str(payload["type"]), payload=payload)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NoticeRefused("This webhook is signed, but it is not a notice.") from None


def standard_headers(ref: str, now: datetime, body: bytes, secret: str) -> dict[str, str]:
    """Return the headers of a call of ours: JSON, signed with a ``whsec_`` secret."""
    return {
        "Content-Type": "application/json",
        "webhook-id": ref,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(ref, now, body.decode()),
    }


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
