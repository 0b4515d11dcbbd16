"""pretix's webhooks: whose they are, and seeing to it that they come."""

import base64
import hmac
import json
from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from connectors.base import NoticeRefused
from connectors.pretix.api import Api
from connectors.records import Notice

USER = "fanfare"
TOPICS = (
    "pretix.event.item.*",
    "pretix.event.order.approved",
    "pretix.event.order.canceled",
    "pretix.event.order.changed.*",
    "pretix.event.order.denied",
    "pretix.event.order.expired",
    "pretix.event.order.paid",
    "pretix.event.order.placed",
    "pretix.event.order.reactivated",
)


def read_notice(headers: Mapping[str, str], raw_body: bytes, secret: str) -> Notice:
    """Return what a webhook says that came with the secret, which pretix sends as HTTP Basic.

    Raises ``NoticeRefused``.
    """
    given = {name.lower(): value for name, value in headers.items()}.get("authorization", "")
    expected = b"Basic " + base64.b64encode(f"{USER}:{secret}".encode())
    if not secret or not hmac.compare_digest(given.encode(), expected):
        raise NoticeRefused
    try:
        payload = json.loads(raw_body)
        ref, topic = payload["notification_id"], payload["action"]
        return Notice(ref=str(int(ref)), topic=str(topic), payload=payload)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        raise NoticeRefused("This webhook has our secret, but it is not a notice.") from None


def ensure(api: Api, callback_url: str, secret: str) -> None:
    """Subscribe, or bring what is subscribed up to date."""
    url = api.of_organizer("webhooks/")
    body = {
        "enabled": True,
        "target_url": _address(callback_url, secret),
        "all_events": False,
        "limit_events": [api.event],
        "action_types": list(TOPICS),
    }
    ours = [each for each in api.every(url) if _bare(each["target_url"]) == callback_url]
    if not ours:
        api.send("POST", url, body)
    for each in ours:
        if any(each[name] != value for name, value in body.items()):
            api.send("PATCH", f"{url}{each['id']}/", body)


def by_hand(callback_url: str) -> str:
    """Say what the merchant has to enter where the token may not."""
    return (
        "The token may not set up webhooks. Enter one by hand for this event: "
        f"{_address(callback_url, 'WEBHOOK_PATH')}, with this connection's webhookPath in place "
        "of WEBHOOK_PATH."
    )


def _address(callback_url: str, secret: str) -> str:
    parts = urlsplit(callback_url)
    return urlunsplit(parts._replace(netloc=f"{USER}:{quote(secret, safe='')}@{parts.netloc}"))


def _bare(target_url: str) -> str:
    """Return an address without the secret in it."""
    parts = urlsplit(target_url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
