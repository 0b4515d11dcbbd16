"""Shopify's webhooks: whose they are, and seeing to it that they come."""

import base64
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from connectors.base import NoticeRefused
from connectors.records import Notice
from connectors.shopify import arrangements
from connectors.shopify.api import Admin, refused
from connectors.shopify.posted import kept

TOPICS = (
    "ORDERS_CREATE",
    "ORDERS_PAID",
    "ORDERS_UPDATED",
    "ORDERS_CANCELLED",
    "REFUNDS_CREATE",
    "PRODUCTS_CREATE",
    "PRODUCTS_UPDATE",
    "PRODUCTS_DELETE",
    "APP_UNINSTALLED",
)
COMPLIANCE = ("customers/data_request", "customers/redact", "shop/redact")
"""Set in the app's own configuration: no API subscribes to them."""

_ID = re.compile(r"[!-~]{1,200}")
_TOPIC = re.compile(r"[a-z_]{1,50}/[a-z_]{1,50}")


def read_notice(
    headers: Mapping[str, str], raw_body: bytes, shop: str, secrets: Sequence[str]
) -> Notice:
    """Return what a webhook of this shop says, once one of the secrets vouches for its bytes.

    Retries of a delivery have its id, and come for hours: no time is signed that could be
    checked. Raises ``NoticeRefused``.
    """
    given = {name.lower().removeprefix("x-"): value for name, value in headers.items()}
    ref, topic = given.get("shopify-webhook-id", ""), given.get("shopify-topic", "")
    if not _ID.fullmatch(ref) or not _TOPIC.fullmatch(topic):
        raise NoticeRefused
    if given.get("shopify-shop-domain", "").lower() != shop:
        raise NoticeRefused
    if not is_signed(given.get("shopify-hmac-sha256", ""), raw_body, secrets):
        raise NoticeRefused
    return Notice(ref=ref, topic=topic, payload=kept(topic, _parsed(raw_body)))


def is_signed(sent: str, raw_body: bytes, secrets: Sequence[str]) -> bool:
    """Tell whether one of the secrets made this signature; an empty one makes none."""
    expected = [
        base64.b64encode(hmac.digest(secret.encode(), raw_body, sha256))
        for secret in secrets
        if secret
    ]
    given = sent.encode()
    return any([hmac.compare_digest(given, each) for each in expected])  # noqa: C419 - all are compared


def subscribe(admin: Admin, url: str) -> tuple[str, ...]:
    """Subscribe to what is missing: Shopify drops what it could not deliver for four hours."""
    found = admin.ask(arrangements.SUBSCRIPTIONS)["webhookSubscriptions"]["nodes"]
    there = {
        node["topic"]
        for node in found
        if node["uri"] == url and node["format"] == "JSON" and not node["filter"]
    }
    for topic in TOPICS:
        if topic not in there:
            made = admin.ask(arrangements.SUBSCRIBE, topic=topic, uri=url)["made"]
            refused(made["userErrors"], f"the webhook {topic}")
    return TOPICS


def _parsed(raw_body: bytes) -> dict[str, Any]:
    try:
        payload = json.loads(raw_body)
    except (ValueError, RecursionError):
        payload = None
    if not isinstance(payload, dict):
        raise NoticeRefused("This webhook is signed, but it is not a notice.")
    return payload
