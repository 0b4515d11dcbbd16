"""WooCommerce's webhooks: whose they are, and seeing to it that they come."""

import base64
import hmac
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from connectors.base import NoticeRefused
from connectors.records import Notice
from connectors.woocommerce.api import Api
from connectors.woocommerce.lists import MOST

TOPICS = (
    "order.created",
    "order.deleted",
    "order.updated",
    "product.created",
    "product.deleted",
    "product.updated",
)
LONGEST_REF = 200
"""An index holds no text of some kilobytes."""
_PING = re.compile(rb"webhook_id=[0-9]{1,20}")


def read_notice(headers: Mapping[str, str], raw_body: bytes, secret: str) -> Notice | None:
    """Return what a webhook says; None for a topic that is not ours, and for pings.

    Nobody signs the ping that follows a subscription.

    WooCommerce signs neither topic nor delivery id, and sends ``order.updated`` before
    ``order.created`` with the same bytes: what tells two notices apart is what they say.
    """
    given = {name.lower().removeprefix("x-wc-webhook-"): text for name, text in headers.items()}
    if "signature" not in given and _PING.fullmatch(raw_body):
        return None
    _check(given.get("signature", ""), raw_body, secret)
    topic = given.get("topic", "")
    if topic not in TOPICS:
        # A merchant's own webhook to our address: refused often enough, WooCommerce ends it.
        return None
    try:
        payload = json.loads(raw_body)
        return Notice(ref=_ref(topic, payload), topic=topic, payload=payload)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise NoticeRefused("This webhook is signed, but it is not a notice.") from None


def _check(signature: str, raw_body: bytes, secret: str) -> None:
    expected = base64.b64encode(hmac.digest(secret.encode(), raw_body, sha256))
    if not secret or not hmac.compare_digest(signature.encode(), expected):
        raise NoticeRefused


def _ref(topic: str, payload: Mapping[str, Any]) -> str:
    subject, _, what = topic.partition(".")
    state = what if what == "deleted" else f"{payload['date_modified_gmt']}:{payload['status']}"
    ref = f"{subject}:{int(payload['id'])}:{state}"
    return ref if len(ref) <= LONGEST_REF else sha256(ref.encode("utf-8", "replace")).hexdigest()


def ensure(api: Api, address: str, secret: str) -> None:
    """Subscribe to what is missing, and wake what the shop has disabled."""
    found, _ = api.page("webhooks", per_page=MOST)
    ours = {each["topic"]: each["id"] for each in found if each["delivery_url"] == address}
    for topic in TOPICS:
        body = {"status": "active", "secret": secret}
        if topic in ours:
            api.send("PUT", f"webhooks/{ours[topic]}", body)
        else:
            named = {"name": f"Fanfare {topic}", "topic": topic, "delivery_url": address}
            api.send("POST", "webhooks", {**named, **body})
