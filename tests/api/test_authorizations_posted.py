"""WooCommerce posts its key by itself, unsigned: only who knows the state is believed."""

from urllib.parse import parse_qs, urlsplit

import pytest

from integration.store.models import Connection
from integration.store.shops import open_credentials
from tests.connectors.loopback import standing
from tests.connectors.standin_woocommerce import KEY, SECRET, Shop
from tests.jobs.support import drain

CONNECTIONS = "/admin/api/v1/connections"
CK, CS = "ck_" + "0a" * 20, "cs_" + "0b" * 20


@pytest.fixture(autouse=True)
def known_by_address(rt, listener):
    """A shop that posts knows no more than its connection's id."""
    yield
    listener.bare.clear()


@pytest.fixture
def shop():
    with standing(Shop()) as found:
        yield found


@pytest.fixture
def connection_id(client, merchant, shop):
    body = {"platform": "woocommerce", "name": "Shop", "settings": {"url": shop.url}}
    made = client.post(CONNECTIONS, headers=merchant.server, json=body)
    assert made.status_code == 201, made.text
    return made.json["id"]


def agreement(client, merchant, connection_id):
    """Return what the shop is asked for when its merchant is sent there."""
    answer = client.post(f"{CONNECTIONS}/{connection_id}/authorize", headers=merchant.server)
    assert answer.status_code == 200, answer.text
    address = urlsplit(answer.json["url"])
    return address, {name: values[0] for name, values in parse_qs(address.query).items()}


def post_key(client, asked, **changes):
    key = {
        "key_id": 7,
        "user_id": asked["user_id"],
        "consumer_key": CK,
        "consumer_secret": CS,
        "key_permissions": "read_write",
    }
    return client.post(urlsplit(asked["callback_url"]).path, json=key | changes)


def credentials_of(rt, connection_id):
    with rt.transaction() as tx:
        return open_credentials(rt.vault, tx.session.get_one(Connection, connection_id))


def test_the_shop_posts_a_key_once_its_merchant_agrees(client, rt, merchant, connection_id, shop):
    address, asked = agreement(client, merchant, connection_id)

    taken = post_key(client, asked)
    page = client.get(urlsplit(asked["return_url"]).path + "?success=1")
    drain(rt)

    assert address.geturl().startswith(f"{shop.url}/wc-auth/v1/authorize?")
    assert (asked["scope"], len(asked["user_id"])) == ("read_write", 64)
    assert (taken.status_code, page.status_code) == (200, 200)
    kept = credentials_of(rt, connection_id)
    assert (kept["consumerKey"], kept["consumerSecret"]) == (CK, CS)


def test_a_key_that_nobody_asked_for_is_refused(client, rt, merchant, connection_id):
    _, asked = agreement(client, merchant, connection_id)

    guessed = post_key(client, asked, user_id="0" * 64)
    first = post_key(client, asked)
    again = post_key(client, asked, consumer_key="ck_" + "ff" * 20)

    assert [each.status_code for each in (guessed, first, again)] == [401, 200, 401]
    assert credentials_of(rt, connection_id)["consumerKey"] == CK


@pytest.mark.parametrize(
    "changes",
    [{"consumer_key": "ck_1"}, {"consumer_secret": None}, {"consumer_key": ["a"]}],
)
def test_what_is_no_key_is_refused(client, rt, merchant, connection_id, changes):
    _, asked = agreement(client, merchant, connection_id)

    assert post_key(client, asked, **changes).status_code == 401
    assert credentials_of(rt, connection_id) == {}


def test_a_key_that_may_not_write_is_told_as_that(client, rt, merchant, connection_id):
    _, asked = agreement(client, merchant, connection_id)

    answer = post_key(client, asked, key_permissions="read")

    assert answer.status_code == 409
    assert credentials_of(rt, connection_id) == {}


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', "null"])
def test_anything_else_is_refused(client, merchant, connection_id, body):
    _, asked = agreement(client, merchant, connection_id)
    path = urlsplit(asked["callback_url"]).path

    answer = client.post(path, data=body, content_type="application/json")

    assert answer.status_code == 401


def test_a_key_in_hand_works_at_once(client, rt, merchant, connection_id):
    given = {"consumerKey": KEY, "consumerSecret": SECRET}
    path = f"{CONNECTIONS}/{connection_id}"
    client.patch(path, headers=merchant.server, json={"credentials": given})

    verified = client.post(f"{path}/verify", headers=merchant.server)

    assert verified.json["state"] == "active"
    assert credentials_of(rt, connection_id)["webhookSecret"]
