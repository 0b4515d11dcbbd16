"""contract.md, section 2: keys, and what they may do."""

import re
from hashlib import sha256

import pytest
from sqlalchemy import text

from integration.app import create_app
from integration.kernel.ids import new_id
from integration.runtime import build
from tests.contract.sessions import me
from tests.support.backoffice import ADMIN, post
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_merchant
from tests.support.waiting import wait_until

SUBJECTS = [
    "experiences",
    "consumers",
    "products",
    "orders",
    "admissions",
    "webhooks",
    "connections",
]
SCOPES = [f"{verb}:{subject}" for subject in SUBJECTS for verb in ("read", "write")]
SECRET = {"kind": "secret", "mode": "live", "name": "Key"}
PERMISSION_DENIED = (403, "Permission denied", "PERMISSION_DENIED")
AUTHENTICATION_REQUIRED = (401, "Authentication required", "AUTHENTICATION_REQUIRED")
CALLS = {
    "read:experiences": ("GET", f"{ADMIN}/experiences"),
    "write:experiences": ("POST", f"{ADMIN}/experiences"),
    "read:consumers": ("GET", "/api/consumers"),
    "write:consumers": ("POST", "/api/consumers"),
    "read:products": ("GET", "/api/products"),
    "write:products": ("POST", "/api/products"),
    "read:orders": ("GET", "/api/orders"),
    "write:orders": ("POST", "/api/orders"),
    "read:admissions": ("POST", "/api/v1/admissions/validate"),
    "write:admissions": ("POST", "/api/v1/admissions/complete"),
    "read:webhooks": ("GET", f"{ADMIN}/webhooks"),
    "write:webhooks": ("POST", f"{ADMIN}/webhooks"),
    "read:connections": ("GET", f"{ADMIN}/connections"),
    "write:connections": ("POST", f"{ADMIN}/connections"),
}
ADMINS = [
    ("GET", f"{ADMIN}/api-keys"),
    ("POST", f"{ADMIN}/api-keys"),
    ("GET", f"{ADMIN}/organizations/current"),
    ("PATCH", f"{ADMIN}/organizations/current"),
    ("GET", f"{ADMIN}/audit"),
]


def mint(client, merchant, **given):
    return post(client, merchant, "/api-keys", **{**SECRET, **given})


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def call(client, row, key):
    method, path = row
    body = {"json": {}} if method in {"POST", "PATCH"} else {}
    return client.open(path, method=method, headers=bearer(key), **body)


@pytest.mark.parametrize("kind", ["publishable", "secret"])
@pytest.mark.parametrize("mode", ["live", "test"])
def test_a_key_is_its_prefix_and_32_random_base62_characters(client, merchant, kind, mode):
    prefix = {"publishable": "pk", "secret": "sk"}[kind]
    made = [mint(client, merchant, kind=kind, mode=mode)["key"] for _ in range(2)]

    assert made[0] != made[1]
    for key in made:
        assert re.fullmatch(rf"{prefix}_{mode}_[0-9A-Za-z]{{32}}", key)


def test_a_key_is_stored_as_sha_256_and_shown_once(client, merchant, rt):
    made = mint(client, merchant)

    shown = client.get(f"{ADMIN}/api-keys/{made['id']}", headers=merchant.server)
    with rt.transaction() as tx:
        kept = tx.session.scalar(
            text("SELECT hash FROM api_key WHERE id = :id"), {"id": made["id"]}
        )
        row = str(tx.session.execute(text("SELECT * FROM api_key")).all())
    assert kept == sha256(made["key"].encode()).digest()
    assert made["key"] not in shown.text
    assert made["key"] not in row


def test_the_scopes_are_the_contracts(client, merchant):
    assert CALLS.keys() == set(SCOPES)
    assert set(mint(client, merchant)["scopes"]) == set(SCOPES)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_its_subject_and_no_other(client, merchant, scope):
    key = mint(client, merchant, scopes=[scope])["key"]

    opened = {name for name, row in CALLS.items() if call(client, row, key).status_code != 403}

    assert opened == {scope}


@pytest.mark.parametrize("row", ADMINS)
def test_keys_organization_and_audit_want_admin(client, merchant, row):
    usual = mint(client, merchant)["key"]
    admin = mint(client, merchant, scopes=["admin"])["key"]

    assert refused(call(client, row, usual)) == PERMISSION_DENIED
    assert call(client, row, admin).status_code in {200, 400}


def test_admin_is_all_of_them(client, merchant):
    key = mint(client, merchant, scopes=["admin"])["key"]

    assert {call(client, row, key).status_code for row in CALLS.values()} <= {200, 201, 400}


def test_a_key_tells_its_last_use(client, merchant, rt):
    made = mint(client, merchant)

    call(client, CALLS["read:products"], made["key"])

    def used():
        rt.ticker.start()
        shown = client.get(f"{ADMIN}/api-keys/{made['id']}", headers=merchant.server)
        return shown.json["lastUsedAt"]

    assert made["lastUsedAt"] is None
    assert wait_until(used, "the last use is known").endswith("Z")


def test_an_expired_key_is_refused(client, merchant, rt):
    made = mint(client, merchant, expiresAt="2100-01-01T00:00:00Z")
    with rt.transaction() as tx:
        tx.session.execute(
            text("UPDATE api_key SET expires_at = now() WHERE id = :id"), {"id": made["id"]}
        )

    answer = call(client, CALLS["read:products"], made["key"])

    assert refused(answer) == AUTHENTICATION_REQUIRED


def test_rotation_makes_a_successor_with_a_key_of_its_own(client, merchant):
    made = mint(client, merchant)

    rotated = client.post(f"{ADMIN}/api-keys/{made['id']}/rotate", headers=merchant.server)

    assert rotated.status_code == 201
    assert rotated.json["key"] != made["key"]
    assert call(client, CALLS["read:products"], rotated.json["key"]).status_code == 200


def test_revocation_in_every_process_within_2_s(client, merchant, settings):
    made = mint(client, merchant)
    row = CALLS["read:products"]
    elsewhere = build(settings)
    try:
        other = create_app(elsewhere).test_client()
        before = call(other, row, made["key"])
        client.post(f"{ADMIN}/api-keys/{made['id']}/revoke", headers=merchant.server)
        here = call(client, row, made["key"])

        wait_until(
            lambda: call(other, row, made["key"]).status_code == 401, "refused elsewhere", 10
        )
    finally:
        elsewhere.close()

    assert before.status_code == 200
    assert refused(here) == AUTHENTICATION_REQUIRED


def test_test_and_live_data_never_mix(client, merchant, rt):
    tester = make_merchant(rt, "test", of=merchant)
    body = {"name": "Sneaker", "sku": "SNKR", "price": 1}

    live, test = (
        client.post("/api/products", json=body, headers=who.server) for who in (merchant, tester)
    )

    assert (live.status_code, test.status_code) == (201, 201)
    hidden = client.get(f"/api/products/{live.json['id']}", headers=tester.server)
    assert refused(hidden) == (404, "Product not found", "PRODUCT_NOT_FOUND")


def test_a_live_key_with_admin_may_create_test_keys_and_not_the_other_way(client, merchant, rt):
    tester = make_merchant(rt, "test", of=merchant)

    made = mint(client, merchant, mode="test")
    answer = client.post(f"{ADMIN}/api-keys", json=SECRET, headers=tester.server)

    assert made["key"].startswith("sk_test_")
    assert refused(answer) == PERMISSION_DENIED


def test_signing_keys_rotate_without_logging_anyone_out(client, merchant, rt):
    guest = make_guest(client, merchant)
    before = rt.keyring.active_kid
    newest = rt.stored_keyring.add()
    try:
        rt.stored_keyring.refresh()
        young = rt.keyring.active_kid
        grow_older(rt, newest)
        rt.stored_keyring.refresh()
        fresh = make_guest(client, merchant)
        known = {key["kid"] for key in client.get("/.well-known/jwks.json").json["keys"]}

        assert (young, rt.keyring.active_kid) == (before, newest)
        assert {before, newest} <= known
        assert me(client, guest.headers).status_code == me(client, fresh.headers).status_code == 200
    finally:
        with rt.transaction() as tx:
            tx.session.execute(text("DELETE FROM signing_key WHERE kid = :k"), {"k": newest})
        rt.stored_keyring.refresh()


def grow_older(rt, kid):
    with rt.transaction() as tx:
        older = "UPDATE signing_key SET created_at = created_at - interval '1 day' + CASE"
        older += " WHEN kid = :kid THEN interval '1 second' ELSE interval '0' END"
        tx.session.execute(text(older), {"kid": kid})


def test_an_id_is_no_key(client, merchant):
    assert refused(call(client, CALLS["read:products"], new_id("key"))) == AUTHENTICATION_REQUIRED
