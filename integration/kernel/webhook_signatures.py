"""Signing what we send, in two ways at once (contract.md, section 6)."""

import hmac
from collections.abc import Sequence
from datetime import datetime

from standardwebhooks import Webhook


def signed(secrets: Sequence[str], event_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Return the headers that prove ``body`` is ours, to whoever has one of the secrets.

    ``X-Fanfare-Signature`` is keyed with the UTF-8 of the whole secret, ``webhook-signature``
    as Standard Webhooks says. While a secret is being rotated each header lists two
    signatures, the newer first: the one separated by commas, the other by spaces.
    """
    timestamp = str(int(now.timestamp()))
    ours = f"{timestamp}.".encode() + body
    return {
        "X-Fanfare-Timestamp": timestamp,
        "X-Fanfare-Signature": ",".join(
            f"sha256={hmac.digest(secret.encode(), ours, 'sha256').hex()}" for secret in secrets
        ),
        "webhook-id": event_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(
            Webhook(secret).sign(event_id, now, body.decode()) for secret in secrets
        ),
    }
