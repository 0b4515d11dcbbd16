"""Webhooks of the Admin API (contract.md, sections 5 and 6)."""

from base64 import b64decode

import pytest
from sqlalchemy import text

from integration.store.models import WebhookEndpoint
from tests.support.backoffice import ADMIN, post, stranger_to
from tests.support.launches import make_merchant

WEBHOOKS = f"{ADMIN}/webhooks"
HOOK = "https://shop.example/hooks"


def add(client, merchant, **given):
    return post(client, merchant, "/webhooks", url=HOOK, **given)


def stored(rt, webhook_id):
    with rt.transaction() as tx:
        return tx.session.get_one(WebhookEndpoint, webhook_id)


def test_an_address_is_subscribed_and_its_secret_shown_once(client, merchant, rt):
    made = add(client, merchant, name="Shop", events=["order.completed"])

    secret = made.pop("secret")
    assert secret.startswith("whsec_")
    assert len(b64decode(secret.removeprefix("whsec_"))) == 32
    assert made == {
        "id": made["id"],
        "url": HOOK,
        "name": "Shop",
        "events": ["order.completed"],
        "enabled": True,
        "disabledReason": None,
        "previousSecretUntil": None,
        "health": {
            "status": "healthy",
            "failures": 0,
            "failingSince": None,
            "lastSuccessAt": None,
            "lastFailureAt": None,
        },
        "createdAt": made["createdAt"],
    }
    shown = client.get(f"{WEBHOOKS}/{made['id']}", headers=merchant.server)
    assert shown.json == made
    assert shown.headers["ETag"] == '"1"'
    assert secret not in client.get(WEBHOOKS, headers=merchant.server).text


def test_the_secret_is_sealed(client, merchant, rt):
    made = add(client, merchant)

    kept = stored(rt, made["id"]).secret

    assert made["secret"].encode() not in kept
    assert rt.vault.open(kept).decode() == made["secret"]


def test_without_events_it_hears_of_all(client, merchant, rt):
    add(client, merchant)
    add(client, merchant, events=None)

    with rt.transaction() as tx:
        subscribed = text("SELECT count(*) FROM webhook_endpoint WHERE events IS NULL")
        assert tx.session.scalar(subscribed) == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"url": "shop.example/hooks"}, "url"),
        ({"url": "ftp://shop.example/hooks"}, "url"),
        ({"url": "https://user:pw@shop.example/hooks"}, "url"),
        ({"url": "https://169.254.169.254/latest"}, "url"),
        ({"url": "https://10.0.0.7/hooks"}, "url"),
        ({"events": ["order.eaten"]}, "events.0"),
        ({"events": []}, "events"),
        ({"name": ""}, "name"),
        ({"secret": "whsec_mine"}, "secret"),
    ],
)
def test_a_bad_field_is_named(client, merchant, given, field):
    refused = client.post(WEBHOOKS, json={"url": HOOK, **given}, headers=merchant.server)

    assert refused.status_code == 400
    assert [detail["field"] for detail in refused.json["details"]] == [field]


def test_in_development_this_machine_may_listen(client, merchant):
    made = post(client, merchant, "/webhooks", url="http://127.0.0.1:9000/hooks")

    assert made["url"] == "http://127.0.0.1:9000/hooks"


def test_rotating_keeps_the_old_secret_for_a_day(client, merchant, rt):
    made = add(client, merchant)

    rotated = post(client, merchant, f"/webhooks/{made['id']}/rotate", 200)

    assert rotated["secret"] != made["secret"]
    assert rotated["previousSecretUntil"] is not None
    kept = stored(rt, made["id"])
    assert rt.vault.open(kept.secret).decode() == rotated["secret"]
    assert rt.vault.open(kept.previous_secret).decode() == made["secret"]


def test_a_webhook_is_changed_disabled_and_enabled_again(client, merchant, rt):
    made = add(client, merchant, events=["order.completed"])
    address = f"{WEBHOOKS}/{made['id']}"

    disabled = client.patch(
        address, json={"enabled": False, "events": None}, headers=merchant.server
    )
    with rt.transaction() as tx:
        tx.session.get_one(WebhookEndpoint, made["id"]).disabled_reason = "It answered 410."
    enabled = client.patch(address, json={"enabled": True}, headers=merchant.server)

    assert (disabled.json["enabled"], disabled.json["events"]) == (False, None)
    assert (enabled.json["enabled"], enabled.json["disabledReason"]) == (True, None)
    assert enabled.headers["ETag"] == '"3"'


def test_a_changed_address_is_checked_too(client, merchant):
    made = add(client, merchant)

    refused = client.patch(
        f"{WEBHOOKS}/{made['id']}", json={"url": "https://10.0.0.7/"}, headers=merchant.server
    )

    assert refused.status_code == 400
    assert refused.json["details"][0]["field"] == "url"


def test_a_change_of_something_newer_is_refused(client, merchant):
    made = add(client, merchant)
    headers = {**merchant.server, "If-Match": '"2"'}

    refused = client.patch(f"{WEBHOOKS}/{made['id']}", json={"name": "X"}, headers=headers)

    assert refused.status_code == 412


def test_an_archived_webhook_is_gone(client, merchant):
    made = add(client, merchant)
    address = f"{WEBHOOKS}/{made['id']}"

    archived = client.delete(address, headers=merchant.server)

    assert (archived.status_code, archived.data) == (204, b"")
    assert client.get(address, headers=merchant.server).json["error"] == "Webhook not found"
    assert client.get(WEBHOOKS, headers=merchant.server).json["data"] == []


@pytest.mark.parametrize("verb", ["get", "patch", "delete", "rotate"])
@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_has_ever_heard_of_it(client, merchant, rt, verb, stranger):
    made = add(client, merchant)
    other = stranger_to(rt, merchant, stranger)
    address = f"{WEBHOOKS}/{made['id']}"

    if verb == "rotate":
        refused = client.post(f"{address}/rotate", headers=other.server)
    else:
        body = {"json": {"name": "Mine"}} if verb == "patch" else {}
        refused = getattr(client, verb)(address, headers=other.server, **body)

    assert refused.status_code == 404
    assert refused.json["code"] == "WEBHOOK_NOT_FOUND"


def test_each_verb_needs_its_scope(client, merchant, rt):
    reader = make_merchant(rt, scopes=("read:webhooks",), of=merchant)

    assert client.get(WEBHOOKS, headers=reader.server).status_code == 200
    assert client.post(WEBHOOKS, json={"url": HOOK}, headers=reader.server).status_code == 403


def test_a_repeated_call_with_its_key_shows_the_same_secret(client, merchant):
    headers = {**merchant.server, "X-Idempotency-Key": "once"}
    first = client.post(WEBHOOKS, json={"url": HOOK}, headers=headers)

    again = client.post(WEBHOOKS, json={"url": HOOK}, headers=headers)

    assert again.data == first.data
    assert len(client.get(WEBHOOKS, headers=merchant.server).json["data"]) == 1
