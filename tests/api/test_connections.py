"""Connections of the Admin API (contract.md, section 5)."""

import json

import pytest

from connectors.base import ConnectorError, PlatformBusy
from connectors.fake import shop
from connectors.gates import SOFT
from integration.kernel.breakers import FAILURES
from integration.kernel.ids import new_id
from integration.services.connections import AGAIN
from integration.store import db
from integration.store.models import Connection
from tests.connectors.loopback import plain, serve
from tests.support.backoffice import ADMIN, draft, post, stranger_to
from tests.support.launches import make_merchant

CONNECTIONS = f"{ADMIN}/connections"
URL = "https://shop.example"
WHSEC = "whsec_" + "c2VjcmV0" * 4


@pytest.fixture
def fake():
    """A shop that may not be called while a transaction is open."""
    made = shop(new_id("shop"))
    made.in_transaction = db.in_transaction
    return made


def body_for(fake, **given):
    credentials = {"apiKey": fake.api_key, "webhookSecret": fake.webhook_secret}
    body = {"platform": "fake", "name": "Shop", "settings": {"shop": fake.name}}
    return {**body, "credentials": credentials, **given}


def connect(client, merchant, fake, **given):
    return post(client, merchant, "/connections", **body_for(fake, **given))


def verify(client, merchant, made, **headers):
    address = f"{CONNECTIONS}/{made['id']}/verify"
    return client.post(address, headers={**merchant.server, **headers})


def test_a_shop_is_connected_and_its_credentials_never_shown(client, merchant, rt, fake):
    made = connect(client, merchant, fake)

    assert made == {
        "id": made["id"],
        "platform": "fake",
        "name": "Shop",
        "settings": {"shop": fake.name},
        "credentialsSet": {"apiKey": True, "webhookSecret": True},
        "schedule": {},
        "state": "unverified",
        "stateMessage": None,
        "gate": "soft",
        "gateMessage": SOFT,
        "webhookUrl": f"http://fanfare.test/webhooks/fake/{made['id']}",
        "createdAt": made["createdAt"],
    }
    shown = client.get(f"{CONNECTIONS}/{made['id']}", headers=merchant.server)
    assert shown.json == made
    assert fake.api_key not in client.get(CONNECTIONS, headers=merchant.server).text
    with rt.transaction() as tx:
        sealed = tx.session.get_one(Connection, made["id"]).credentials
    assert fake.api_key.encode() not in sealed


PROMISED = [
    (
        "shopify",
        {"shop": "example.myshopify.com"},
        ["clientId", "clientSecret", "previousClientSecret", "accessToken", "refreshToken"],
    ),
    ("shopify", {"shop": "example.myshopify.com"}, ["clientId", "clientSecret", "storefrontToken"]),
    ("woocommerce", {"url": URL}, ["consumerKey", "consumerSecret", "webhookSecret"]),
    ("bigcommerce", {"storeHash": "abc123"}, ["clientId", "clientSecret", "accessToken"]),
    (
        "pretix",
        {"url": URL, "organizer": "acme", "event": "launch"},
        ["apiToken", "webhookPath"],
    ),
    ("medusa", {"url": URL}, ["apiKey", "publishableKey", "webhookSecret"]),
    ("vendure", {"url": URL}, ["apiKey", "webhookSecret"]),
    ("vendure", {"url": URL}, ["username", "password", "webhookSecret"]),
    ("rest", {"checkoutUrl": f"{URL}/buy?h={{handle}}"}, ["webhookSecret"]),
]


@pytest.mark.parametrize(("platform", "where", "given"), PROMISED)
def test_every_platform_takes_the_keys_that_were_promised(client, merchant, platform, where, given):
    credentials = {name: f"{name}-of-the-test" for name in given}
    if platform in {"medusa", "vendure", "rest"}:
        credentials["webhookSecret"] = WHSEC
    body = {"name": "Shop", "settings": where, "credentials": credentials}

    made = post(client, merchant, "/connections", platform=platform, **body)

    assert made["state"] == "unverified"
    assert {name for name, is_set in made["credentialsSet"].items() if is_set} == set(given)
    assert not any(text in json.dumps(made) for text in ["of-the-test", WHSEC])


GATES = [
    ("vendure", {"url": URL}, ("soft", "not prevented")),
    ("woocommerce", {"url": URL}, ("soft", "cannot be seen from here")),
    ("pretix", {"url": URL, "organizer": "acme", "event": "launch"}, ("hard", "voucher")),
    ("shopify", {"shop": "a.myshopify.com"}, ("soft", "Set gateFunction")),
    ("shopify", {"shop": "a.myshopify.com", "gateFunction": "gate"}, ("soft", "gatedVariants")),
    (
        "shopify",
        {"shop": "a.myshopify.com", "gateFunction": "gate", "gatedVariants": "1,2"},
        ("hard", "Other variants"),
    ),
]


@pytest.mark.parametrize(("platform", "where", "gate"), GATES)
def test_a_connection_says_whether_its_shop_refuses_anybody_itself(
    client, merchant, platform, where, gate
):
    given = next(keys for name, _, keys in PROMISED if name == platform)
    body = {"name": "Shop", "settings": where, "credentials": dict.fromkeys(given, WHSEC)}

    made = post(client, merchant, "/connections", platform=platform, **body)

    kind, said = gate
    assert made["gate"] == kind
    assert said in made["gateMessage"]


def test_a_vendure_shop_is_connected_by_what_it_needs(client, merchant):
    made = post(
        client,
        merchant,
        "/connections",
        platform="vendure",
        name="Vendure",
        settings={"url": "https://vendure.example"},
        credentials={"apiKey": "key"},
    )

    assert made["credentialsSet"] == {
        "apiKey": True,
        "username": False,
        "password": False,
        "webhookSecret": False,
    }


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"settings": {}}, "settings.url"),
        ({"settings": {"url": "https://vendure.example", "color": "red"}}, "settings.color"),
        ({"settings": {"url": 5}}, "settings.url"),
        ({"settings": {"url": "https://10.0.0.7"}}, "settings.url"),
        ({"settings": {"url": "https://169.254.169.254"}}, "settings.url"),
        ({"credentials": {}}, "credentials"),
        ({"credentials": {"username": "admin"}}, "credentials"),
        ({"credentials": {"apiKey": "key", "webhookSecret": "x"}}, "credentials.webhookSecret"),
        ({"credentials": {"apiKey": "key", "pin": "1234"}}, "credentials.pin"),
        ({"credentials": {"apiKey": "key", "sessionToken": "mine"}}, "credentials.sessionToken"),
    ],
)
def test_a_bad_field_is_named(client, merchant, given, field):
    body = {
        "platform": "vendure",
        "name": "Vendure",
        "settings": {"url": "https://vendure.example"},
        "credentials": {"apiKey": "key"},
        **given,
    }

    refused = client.post(CONNECTIONS, json=body, headers=merchant.server)

    assert refused.status_code == 400
    assert [detail["field"] for detail in refused.json["details"]] == [field]


def test_an_unknown_platform_is_not_found(client, merchant, fake):
    body = body_for(fake, platform="teapot")

    refused = client.post(CONNECTIONS, json=body, headers=merchant.server)

    assert refused.status_code == 404
    assert refused.json["error"] == "Platform not found"


def test_verifying_talks_to_the_shop_and_keeps_what_came_of_it(client, merchant, fake):
    made = connect(client, merchant, fake)

    verified = verify(client, merchant, made)

    assert verified.status_code == 200
    assert verified.json["state"] == "active"
    assert verified.json["stateMessage"] is None
    assert verified.json["verification"]["problems"] == []
    assert verified.json["webhooks"]["topics"] != []
    assert fake.calls["verify"] == 1
    shown = client.get(f"{CONNECTIONS}/{made['id']}", headers=merchant.server)
    assert shown.json["state"] == "active"


def test_credentials_that_do_not_work_are_asked_for_anew(client, merchant, fake):
    made = connect(client, merchant, fake, credentials={"apiKey": "wrong"})

    verified = verify(client, merchant, made).json

    assert verified["state"] == "needs_reauth"
    assert "credentials" in verified["stateMessage"]
    assert (verified["verification"], verified["webhooks"]) == (None, None)


@pytest.mark.parametrize("error", [PlatformBusy("The shop is busy."), ConnectorError("It broke.")])
def test_a_shop_that_fails_says_how(client, merchant, fake, error):
    made = connect(client, merchant, fake)
    fake.fail_with = error

    verified = verify(client, merchant, made)

    assert verified.status_code == 200
    assert verified.json["state"] == "failing"
    assert verified.json["stateMessage"] == f"{error} {AGAIN}"


def test_verifying_again_with_its_key_asks_the_shop_once(client, merchant, fake):
    made = connect(client, merchant, fake)
    first = verify(client, merchant, made, **{"X-Idempotency-Key": "once"})

    again = verify(client, merchant, made, **{"X-Idempotency-Key": "once"})

    assert again.data == first.data
    assert fake.calls["verify"] == 1


def test_new_credentials_are_merged_and_to_be_verified_again(client, merchant, rt, fake):
    made = connect(client, merchant, fake, credentials={"apiKey": "wrong", "webhookSecret": "s"})
    verify(client, merchant, made)
    address = f"{CONNECTIONS}/{made['id']}"

    changed = client.patch(
        address,
        json={"credentials": {"apiKey": fake.api_key, "webhookSecret": None}},
        headers=merchant.server,
    )

    assert changed.json["state"] == "unverified"
    assert changed.json["credentialsSet"] == {"apiKey": True, "webhookSecret": False}
    assert verify(client, merchant, made).json["state"] == "active"


def test_a_weak_secret_is_refused_in_a_change_too(client, merchant):
    settings, credentials = {"url": "https://vendure.example"}, {"apiKey": "key"}
    given = {"name": "Vendure", "settings": settings, "credentials": credentials}
    made = post(client, merchant, "/connections", platform="vendure", **given)

    refused = client.patch(
        f"{CONNECTIONS}/{made['id']}",
        json={"credentials": {"webhookSecret": "one"}},
        headers=merchant.server,
    )

    [detail] = refused.json["details"]
    assert (refused.status_code, detail["field"]) == (400, "credentials.webhookSecret")
    assert "echo whsec_$(openssl rand -base64 32)" in detail["message"]


def test_the_last_credential_stays(client, merchant, fake):
    made = connect(client, merchant, fake)

    refused = client.patch(
        f"{CONNECTIONS}/{made['id']}",
        json={"credentials": {"apiKey": None}},
        headers=merchant.server,
    )

    assert refused.status_code == 400
    assert refused.json["details"][0]["field"] == "credentials"


def test_a_new_name_needs_no_new_verification(client, merchant, fake):
    made = connect(client, merchant, fake)
    verify(client, merchant, made)

    changed = client.patch(
        f"{CONNECTIONS}/{made['id']}", json={"name": "Main shop"}, headers=merchant.server
    )

    assert (changed.json["name"], changed.json["state"]) == ("Main shop", "active")


def test_a_change_of_something_newer_is_refused(client, merchant, fake):
    made = connect(client, merchant, fake)
    headers = {**merchant.server, "If-Match": '"5"'}

    refused = client.patch(f"{CONNECTIONS}/{made['id']}", json={"name": "X"}, headers=headers)

    assert refused.status_code == 412


def test_a_disconnected_shop_is_forgotten(client, merchant, rt, fake):
    made = connect(client, merchant, fake)
    address = f"{CONNECTIONS}/{made['id']}"

    archived = client.delete(address, headers=merchant.server)

    assert (archived.status_code, archived.data) == (204, b"")
    assert client.get(address, headers=merchant.server).json["code"] == "CONNECTION_NOT_FOUND"
    with rt.transaction() as tx:
        kept = tx.session.get_one(Connection, made["id"])
    assert rt.vault.open(kept.credentials) == b"{}"


def test_a_shop_that_winners_go_to_stays_connected(client, merchant, fake):
    made = connect(client, merchant, fake)
    draft(client, merchant, connectionId=made["id"], checkoutUrl=None)

    refused = client.delete(f"{CONNECTIONS}/{made['id']}", headers=merchant.server)

    assert refused.status_code == 409
    assert refused.json["code"] == "CONNECTION_IN_USE"


def test_connections_are_listed_by_platform(client, merchant, fake):
    made = connect(client, merchant, fake)

    def found(platform):
        listed = client.get(f"{CONNECTIONS}?platform={platform}", headers=merchant.server)
        return [each["id"] for each in listed.json["data"]]

    assert found("fake") == [made["id"]]
    assert found("vendure") == []


@pytest.fixture(params=["organization", "mode"])
def stranger(request, rt, merchant):
    return stranger_to(rt, merchant, request.param)


@pytest.mark.parametrize("verb", ["get", "patch", "delete", "verify"])
def test_nobody_else_has_ever_heard_of_it(client, merchant, stranger, fake, verb):
    made = connect(client, merchant, fake)
    address = f"{CONNECTIONS}/{made['id']}"

    if verb == "verify":
        refused = verify(client, stranger, made)
    else:
        body = {"json": {"name": "Mine"}} if verb == "patch" else {}
        refused = getattr(client, verb)(address, headers=stranger.server, **body)

    assert refused.status_code == 404
    assert refused.json["error"] == "Connection not found"
    assert fake.calls["verify"] == 0


def test_each_verb_needs_its_scope(client, merchant, rt, fake):
    reader = make_merchant(rt, scopes=("read:connections",), of=merchant)
    made = connect(client, merchant, fake)

    assert client.get(CONNECTIONS, headers=reader.server).status_code == 200
    assert verify(client, reader, made).status_code == 403


def test_a_call_without_a_key_is_refused(client, rt, fake):
    refused = client.post(CONNECTIONS, json=body_for(fake))

    assert refused.status_code == 401
    assert refused.json["error"] == "Authentication required"


def test_a_shop_that_fails_again_and_again_is_not_asked_for_a_while_and_no_other_suffers(
    client, merchant
):
    def connected(url):
        credentials = {"consumerKey": "ck_1", "consumerSecret": "cs_1"}
        given = {"settings": {"url": url}, "credentials": credentials}
        return post(client, merchant, "/connections", platform="woocommerce", name="Shop", **given)

    with serve(plain(b"", 500)) as shop:
        first, second = connected(shop.url), connected(shop.url)
        said = [verify(client, merchant, first).json for _ in range(FAILURES + 2)]
        asked = len(shop.requests)
        verify(client, merchant, second)

        assert asked == FAILURES
        assert len(shop.requests) == FAILURES + 1
    assert {each["state"] for each in said} == {"failing"}
    assert "has not been answering" in said[-1]["stateMessage"]
