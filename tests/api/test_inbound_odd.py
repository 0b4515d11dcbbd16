"""Webhooks that are signed well, and hold what no database or JSON writer takes."""

import base64
import hmac
import json
import os
import re
from hashlib import sha256

import pytest

from connectors.registry import platforms
from connectors.signatures import standard_headers
from integration.kernel.clock import SystemClock
from tests.api.admitted import admitted, status
from tests.api.shopping import check_out, make_shop_launch, send
from tests.api.test_inbound import ADDRESSED, notices, the_order
from tests.jobs.support import drain
from tests.support.backoffice import post

NOTE = (
    rb'"note": "a\u0000b \ud800 c", "\udc00": "\u0000", '
    rb'"big": 123456789012345678901234567890, "deep": ' + b"[" * 400 + b"]" * 400
)
KEY = base64.b64encode(b"twenty-four bytes or more").decode()
SECRET = f"whsec_{KEY}"


@pytest.fixture(autouse=True)
def known_by_address(rt, listener):
    """Let the statement that looks a connection up by its address go without its tenant."""
    yield
    listener.bare[:] = [each for each in listener.bare if not each.endswith(ADDRESSED)]


def standard(body, secret=SECRET):
    return standard_headers("msg_1", SystemClock().now(), body, secret)


def by_hmac(body, secret):
    return base64.b64encode(hmac.digest(secret.encode(), body, sha256)).decode()


def of_shopify(body):
    return {
        "X-Shopify-Topic": "orders/updated",
        "X-Shopify-Shop-Domain": "one.myshopify.com",
        "X-Shopify-Webhook-Id": "webhook-1",
        "X-Shopify-Hmac-Sha256": by_hmac(body, "secret-1"),
    }


def of_woocommerce(body):
    return {
        "X-WC-Webhook-Topic": "order.updated",
        "X-WC-Webhook-Signature": by_hmac(body, "a-secret-of-the-shop"),
    }


URL = {"url": "https://shop.example"}
BASIC = "Basic " + base64.b64encode(b"fanfare:a-secret-path-of-ours").decode()
POSTED = {
    "bigcommerce": (
        {"storeHash": "abc123"},
        {"accessToken": "token-1", "clientSecret": "a-client-secret"},
        lambda body: standard(body, base64.b64encode(b"a-client-secret").decode()),
        rb'"scope": "store/order/x\u0000", "producer": "stores/abc123"',
    ),
    "medusa": (
        URL,
        {"apiKey": "key-1", "publishableKey": "pk-1", "webhookSecret": SECRET},
        standard,
        rb'"type": "store.\u0000"',
    ),
    "pretix": (
        {**URL, "organizer": "acme", "event": "launch"},
        {"apiToken": "token-1", "webhookPath": "a-secret-path-of-ours"},
        lambda _: {"Authorization": BASIC},
        rb'"notification_id": 5, "action": "x\u0000", "organizer": "acme", "event": "launch"',
    ),
    "rest": (URL, {"webhookSecret": SECRET}, standard, rb'"type": "x\ud800"'),
    "shopify": (
        {"shop": "one.myshopify.com"},
        {"accessToken": "token-1", "clientSecret": "secret-1"},
        of_shopify,
        rb'"id": 98765432109876543210, "email": "a\u0000", "note_attributes": ["\ud800"]',
    ),
    "vendure": (
        URL,
        {"apiKey": "key-1", "webhookSecret": SECRET},
        standard,
        rb'"type": "x\u0000"',
    ),
    "woocommerce": (
        URL,
        {"webhookSecret": "a-secret-of-the-shop"},
        of_woocommerce,
        rb'"id": 7, "date_modified_gmt": "2026-11-20T10:00:00", "status": "x\u0000"',
    ),
}


@pytest.mark.parametrize("platform", [each.name for each in platforms()])
def test_what_no_database_takes_is_kept_as_near_as_can_be(client, rt, merchant, platform):
    where, credentials, signed, said = POSTED[platform]
    given = {"name": "Shop", "settings": where, "credentials": credentials}
    made = post(client, merchant, "/connections", platform=platform, **given)
    body = b"{" + said + b", " + NOTE + b"}"

    first = send(client, made["id"], (signed(body), body), platform)
    forged = send(client, made["id"], (signed(body), body + b"\0"), platform)

    assert first.status_code == 200
    assert forged.status_code == 401
    [notice] = notices(rt)
    written = json.dumps([notice.topic, notice.ref, notice.payload], ensure_ascii=False)
    assert re.search("\\\\u0000|[\ud800-\udfff]", written) is None
    assert "\ufffd" in written
    if platform != "shopify":
        assert notice.payload["note"] == "a\ufffdb \ufffd c"
        assert notice.payload["big"] == "123456789012345678901234567890"


def test_an_order_with_such_a_note_completes_its_admission(client, rt, merchant):
    sold = make_shop_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, sold.launch)
    code = check_out(client, guest, token)
    _, paid = sold.shop.pay(code)
    body = b"{" + NOTE + b", " + paid.removeprefix(b"{")
    headers = standard(
        body, "whsec_" + base64.b64encode(sold.shop.webhook_secret.encode()).decode()
    )

    answer = send(client, sold.connection_id, (headers, body))
    drain(rt)

    assert answer.status_code == 200
    assert the_order(client, merchant, code)["completion"] == "completed"
    assert status(client, sold.launch, guest)["status"] == "COMPLETED"


def test_a_topic_that_nobody_asked_for_is_answered_and_not_kept(client, rt, merchant):
    where, credentials, signed, _ = POSTED["woocommerce"]
    given = {"name": "Shop", "settings": where, "credentials": credentials}
    made = post(client, merchant, "/connections", platform="woocommerce", **given)
    headers = {**signed(b"{}"), "X-WC-Webhook-Topic": "coupon.created"}

    answer = send(client, made["id"], (headers, b"{}"), "woocommerce")

    assert (answer.status_code, notices(rt)) == (200, [])


LONG = os.urandom(9000).hex().encode()
ODD = {
    "infinite": ("woocommerce", b'{"id": 1e999, "date_modified_gmt": "x", "status": "paid"}'),
    "long": ("woocommerce", b'{"id": 1, "date_modified_gmt": "x", "status": "%s"}' % LONG),
    "endless": ("pretix", b'{"notification_id": 1e999, "action": "x"}'),
}


@pytest.mark.parametrize(
    ("odd", "expected"), [("infinite", (401, 0)), ("long", (200, 1)), ("endless", (401, 0))]
)
def test_no_notice_of_a_shop_is_a_mistake_of_ours(client, rt, merchant, odd, expected):
    platform, said = ODD[odd]
    where, credentials, signed, _ = POSTED[platform]
    given = {"name": "Shop", "settings": where, "credentials": credentials}
    made = post(client, merchant, "/connections", platform=platform, **given)

    for _ in range(2):
        answer = send(client, made["id"], (signed(said), said), platform)
        assert (answer.status_code, len(notices(rt))) == expected
