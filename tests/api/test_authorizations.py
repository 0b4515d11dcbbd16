"""Connecting a shop by agreeing in it: there, back, and nothing that was forged."""

from urllib.parse import parse_qs, urlsplit

import pytest

from integration.kernel.clock import SystemClock
from integration.store.models import Connection
from integration.store.shops import open_credentials
from tests.jobs.support import drain, make_connection, make_shop
from tests.support.launches import make_merchant
from tests.support.shopify.admin import session_token, signed_query
from tests.support.shopify.merchants import connect
from tests.support.shopify.standin import running_stand_in

HOST = "YWRtaW4uc2hvcGlmeS5jb20vc3RvcmUvc3RhbmQtaW4"


@pytest.fixture(autouse=True)
def known_by_address(rt, listener):
    """A shop that sends somebody back knows no more than its connection's id."""
    yield
    listener.bare.clear()


@pytest.fixture
def shop():
    with running_stand_in() as made:
        made.resolving.scopes.append("unauthenticated_write_checkouts")
        yield made


@pytest.fixture
def connection_id(rt, merchant, shop):
    """A connection whose app was not installed yet."""
    return connect(rt, merchant, shop, accessToken="", refreshToken="")


def begin(client, merchant, connection_id):
    path = f"/admin/api/v1/connections/{connection_id}/authorize"
    return client.post(path, headers=merchant.server)


def state_of(agreement):
    return parse_qs(urlsplit(agreement.json["url"]).query)["state"][0]


def back(shop, state, changes=None):
    """Return the query that Shopify sends the merchant back with."""
    code = f"code-{len(shop.desk.codes)}"
    shop.desk.codes.add(code)
    given = {
        "code": code,
        "host": HOST,
        "shop": shop.domain,
        "state": state,
        "timestamp": str(int(SystemClock().now().timestamp())),
    }
    return signed_query(shop.desk.client_secret, given | (changes or {}))


def come_back(client, connection_id, query, platform="shopify"):
    return client.get(f"/oauth/{platform}/{connection_id}?{query}")


def credentials_of(rt, connection_id):
    with rt.transaction() as tx:
        return open_credentials(rt.vault, tx.session.get_one(Connection, connection_id))


def test_a_merchant_agrees_in_the_shop_and_the_connection_works(
    client, rt, merchant, shop, connection_id
):
    agreement = begin(client, merchant, connection_id)
    query = back(shop, state_of(agreement))

    page = come_back(client, connection_id, query)
    drain(rt)

    asked = parse_qs(urlsplit(agreement.json["url"]).query)
    assert agreement.json["url"].startswith(f"https://{shop.domain}/admin/oauth/authorize?")
    assert asked["client_id"] == [shop.desk.client_id]
    assert asked["redirect_uri"] == [f"http://fanfare.test/oauth/shopify/{connection_id}"]
    assert set(asked["scope"][0].split(",")) == set(shop.resolving.scopes)
    assert int(asked["state"][0], 16)
    assert (page.status_code, page.content_type) == (200, "text/html; charset=utf-8")
    assert "connected" in page.text
    assert (page.headers["Referrer-Policy"], page.headers["Cache-Control"]) == (
        "no-referrer",
        "no-store",
    )
    path = f"/admin/api/v1/connections/{connection_id}"
    found = client.get(path, headers=merchant.server).json
    assert (found["state"], found["stateMessage"]) == ("active", None)
    assert found["credentialsSet"]["accessToken"]
    assert len(shop.resolving.subscriptions) == 9
    kept = credentials_of(rt, connection_id)
    assert shop.desk.knows(kept["accessToken"])
    assert kept["refreshToken"] in shop.desk.refresh


def create(client, merchant, **settings):
    body = {
        "platform": "shopify",
        "name": "Shop",
        "settings": settings,
        "credentials": {"clientId": "an-id", "clientSecret": "shpss_never-answered"},
    }
    return client.post("/admin/api/v1/connections", headers=merchant.server, json=body)


def test_a_connection_begins_without_the_shop_and_answers_no_secret(client, merchant):
    made = create(client, merchant, shop="example.myshopify.com")

    assert (made.status_code, made.json["state"]) == (201, "unverified")
    assert made.json["credentialsSet"] == {
        "clientId": True,
        "clientSecret": True,
        "previousClientSecret": False,
        "accessToken": False,
        "refreshToken": False,
        "storefrontToken": False,
    }
    assert "never-answered" not in made.text


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"shop": "evil.com/a.myshopify.com"},
        {"shop": "example.com"},
        {"shop": "a.myshopify.com", "discountPercent": "101"},
        {"shop": "a.myshopify.com", "discountPercent": "0.0"},
        {"shop": "a.myshopify.com", "gatedVariants": "1, 2"},
        {"shop": "a.myshopify.com", "gateFunction": "Not A Handle"},
        {"shop": "a.myshopify.com", "other": "x"},
    ],
)
def test_settings_are_of_the_form_that_they_say(client, merchant, told):
    refused = create(client, merchant, **told)

    wrong = list(told)[-1] if told else "shop"
    assert refused.status_code == 400
    assert [each["field"] for each in refused.json["details"]] == [f"settings.{wrong}"]


def test_a_state_is_good_once(client, rt, merchant, shop, connection_id):
    state = state_of(begin(client, merchant, connection_id))
    come_back(client, connection_id, back(shop, state))

    again = come_back(client, connection_id, back(shop, state))

    assert again.status_code == 401
    assert shop.desk.handed_out == 1


def test_a_state_of_another_connection_is_none(client, rt, merchant, shop, connection_id):
    other = connect(rt, merchant, shop)
    state = state_of(begin(client, merchant, other))

    refused = come_back(client, connection_id, back(shop, state))

    assert refused.status_code == 401


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "0" * 64},
        {"shop": "other.myshopify.com"},
        {"timestamp": "1"},
        {"timestamp": "soon"},
        {"code": ""},
    ],
)
def test_what_is_wrong_is_refused_though_it_is_signed(
    client, merchant, shop, connection_id, changes
):
    state = state_of(begin(client, merchant, connection_id))

    refused = come_back(client, connection_id, back(shop, state, changes))

    assert refused.status_code in {401, 409}
    assert shop.desk.handed_out == 0


@pytest.mark.parametrize("forge", ["other code", "second code", "no hmac", "nothing", "endless"])
def test_what_shopify_did_not_sign_is_refused(client, merchant, shop, connection_id, forge):
    query = back(shop, state_of(begin(client, merchant, connection_id)))
    forged = {
        "other code": query.replace("code-0", "code-1"),
        "second code": f"{query}&code=code-1",
        "no hmac": query.rpartition("&hmac=")[0],
        "nothing": "",
        "endless": "&".join(["a=b"] * 100),
    }[forge]

    refused = come_back(client, connection_id, forged)

    assert refused.status_code == 401
    assert "install" in refused.text or "signature" in refused.text
    assert shop.desk.handed_out == 0


def test_somebody_who_opens_an_installed_app_in_the_shop_connects_it(
    client, rt, merchant, shop, connection_id
):
    now = SystemClock().now()
    token = session_token(
        shop.desk.client_secret, domain=shop.domain, client_id=shop.desk.client_id, at=now
    )
    given = {"id_token": token, "shop": shop.domain, "timestamp": str(int(now.timestamp()))}
    query = signed_query(shop.desk.client_secret, given)

    page = come_back(client, connection_id, query)

    assert page.status_code == 200
    assert shop.desk.knows(credentials_of(rt, connection_id)["accessToken"])


def test_a_platform_that_takes_keys_says_so(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop())

    refused = begin(client, merchant, connection_id)
    nowhere = come_back(client, connection_id, "a=b", "fake")

    assert (refused.status_code, refused.json["code"]) == (409, "NOT_INSTALLABLE")
    assert nowhere.status_code == 404


def test_nobody_agrees_for_somebody_else(client, rt, merchant, connection_id):
    stranger = make_merchant(rt)

    answers = [begin(client, stranger, connection_id), begin(client, merchant, "conn_none")]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_failure_shows_no_secret(client, merchant, shop, connection_id):
    query = back(shop, state_of(begin(client, merchant, connection_id)))
    shop.fault = lambda: "error"

    page = come_back(client, connection_id, query)

    assert page.status_code == 503
    for secret in (shop.desk.client_secret, "code-0", query.rpartition("=")[2]):
        assert secret not in page.text
