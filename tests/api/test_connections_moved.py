"""A connection that is led to another shop: the credentials it keeps stay with the first one."""

import pytest

from connectors.fake import shop
from connectors.registry import platforms
from integration.kernel.ids import new_id
from integration.store.models import Connection
from integration.store.shops import open_credentials
from tests.support.backoffice import ADMIN, post

CONNECTIONS = f"{ADMIN}/connections"
ANEW = "The one we keep is for the shop as it was"
SECRET = "whsec_" + "c2VjcmV0" * 4
MOVED = {
    "bigcommerce": (
        {"storeHash": "abc123"},
        {"storeHash": "evil1"},
        {"accessToken": "token-1", "clientSecret": "secret-1"},
    ),
    "fake": ({"shop": "one"}, {"shop": "other"}, {"apiKey": "key-1"}),
    "medusa": (
        {"url": "https://shop.example"},
        {"url": "https://evil.example"},
        {"apiKey": "key-1", "publishableKey": "pk-1", "webhookSecret": SECRET},
    ),
    "pretix": (
        {"url": "https://shop.example", "organizer": "acme", "event": "launch"},
        {"url": "https://evil.example", "organizer": "acme", "event": "launch"},
        {"apiToken": "token-1"},
    ),
    "rest": (
        {"url": "https://shop.example/fanfare"},
        {"url": "https://evil.example/fanfare"},
        {"webhookSecret": SECRET, "apiKey": "key-1"},
    ),
    "shopify": (
        {"shop": "one.myshopify.com"},
        {"shop": "evil.myshopify.com"},
        {"clientId": "id-1", "clientSecret": "secret-1", "accessToken": "token-1"},
    ),
    "vendure": (
        {"url": "https://shop.example"},
        {"url": "https://evil.example"},
        {"username": "admin", "password": "password-1"},
    ),
    "woocommerce": (
        {"url": "https://shop.example"},
        {"url": "https://evil.example"},
        {"consumerKey": "ck_1", "consumerSecret": "cs_1"},
    ),
}
EVERY = [platform.name for platform in platforms(testing=True)]


def connect(client, merchant, platform):
    where, _, credentials = MOVED[platform]
    given = {"name": "Shop", "settings": where, "credentials": credentials}
    return post(client, merchant, "/connections", platform=platform, **given)


def change(client, merchant, made, **changes):
    address = f"{CONNECTIONS}/{made['id']}"
    return client.patch(address, json=changes, headers=merchant.server)


def kept(rt, made):
    with rt.transaction() as tx:
        row = tx.session.get_one(Connection, made["id"])
    return row.settings, open_credentials(rt.vault, row)


@pytest.mark.parametrize("platform", EVERY)
def test_who_leads_a_connection_to_another_shop_gives_all_its_credentials_again(
    client, merchant, rt, platform
):
    where, elsewhere, credentials = MOVED[platform]
    made = connect(client, merchant, platform)
    first, *others = credentials
    all_but_one = {name: credentials[name] for name in others}

    silent = change(client, merchant, made, settings=elsewhere)
    partial = change(client, merchant, made, settings=elsewhere, credentials=all_but_one)

    assert (silent.status_code, partial.status_code) == (400, 400)
    assert [each["field"] for each in partial.json["details"]] == [f"credentials.{first}"]
    asked = {each["field"]: each["message"] for each in silent.json["details"]}
    assert set(asked) == {f"credentials.{name}" for name in credentials}
    assert all(said.startswith(ANEW) for said in asked.values())
    assert kept(rt, made) == (where, credentials)


@pytest.mark.parametrize("platform", EVERY)
def test_with_its_credentials_a_connection_moves(client, merchant, rt, platform):
    _, elsewhere, credentials = MOVED[platform]
    made = connect(client, merchant, platform)

    moved = change(client, merchant, made, settings=elsewhere, credentials=credentials)

    assert (moved.status_code, moved.json["state"]) == (200, "unverified")
    assert kept(rt, made) == (elsewhere, credentials)


def test_a_credential_that_is_given_up_need_not_be_known(client, merchant, rt):
    _, elsewhere, credentials = MOVED["woocommerce"]
    made = connect(client, merchant, "woocommerce")

    moved = change(
        client, merchant, made, settings=elsewhere, credentials=dict.fromkeys(credentials)
    )

    assert moved.status_code == 200
    assert kept(rt, made) == (elsewhere, {})


@pytest.mark.parametrize(
    ("platform", "where"),
    [
        ("medusa", {"url": "https://SHOP.example:443/", "storefrontUrl": "https://www.example"}),
        ("rest", {"url": "https://shop.example/fanfare/"}),
        ("shopify", {"shop": "One.myshopify.com", "discountPercent": "10"}),
        ("bigcommerce", {"storeHash": "abc123", "channelId": "7"}),
        ("rest", {"checkoutUrl": "https://shop.example/buy?h={handle}"}),
    ],
)
def test_what_leads_nowhere_else_needs_no_credentials(client, merchant, rt, platform, where):
    made = connect(client, merchant, platform)

    changed = change(client, merchant, made, settings=where)

    assert changed.status_code == 200
    assert kept(rt, made) == (where, MOVED[platform][2])


@pytest.mark.parametrize(
    "url",
    [
        "https://shop.example:8443",
        "https://shop.example.evil.example",
        "https://shop.example/other",
        "https://shop.example?shop=other",
    ],
)
@pytest.mark.parametrize("platform", ["medusa", "vendure", "woocommerce"])
def test_another_port_name_or_path_is_another_shop(client, merchant, platform, url):
    made = connect(client, merchant, platform)

    refused = change(client, merchant, made, settings={"url": url})

    assert refused.status_code == 400
    assert all(ANEW in each["message"] for each in refused.json["details"])


def test_a_shop_that_was_called_nowhere_is_called_with_new_credentials_only(client, merchant):
    made = connect(client, merchant, "rest")
    nowhere = {"checkoutUrl": "https://shop.example/buy?h={handle}"}
    assert change(client, merchant, made, settings=nowhere).status_code == 200

    led_on = change(client, merchant, made, settings={"url": "https://evil.example"})

    assert led_on.status_code == 400


def test_what_a_shop_hands_out_is_never_kept_for_another_one(client, merchant, rt):
    made = connect(client, merchant, "vendure")
    with rt.transaction() as tx:
        opened = rt.open_shop(tx.session.get_one(Connection, made["id"]))
    outside = opened._api._outside
    _, elsewhere, credentials = MOVED["vendure"]
    change(client, merchant, made, settings=elsewhere, credentials=credentials)

    outside.save_credentials({"sessionToken": "of the first shop"})

    assert kept(rt, made) == (elsewhere, credentials)
    assert outside.read_credentials() == {}


def test_a_thief_with_a_merchants_key_reads_no_credentials(client, merchant, rt):
    first, thief = shop(new_id("shop")), shop(new_id("shop"))
    given = {"settings": {"shop": first.name}, "credentials": {"apiKey": first.api_key}}
    made = post(client, merchant, "/connections", platform="fake", name="Shop", **given)

    change(client, merchant, made, settings={"shop": thief.name})
    client.post(f"{CONNECTIONS}/{made['id']}/verify", headers=merchant.server)

    assert (first.calls["verify"], thief.calls["verify"]) == (1, 0)
