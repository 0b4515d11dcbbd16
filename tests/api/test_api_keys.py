"""API keys of the Admin API (contract.md, sections 2 and 5)."""

from datetime import UTC, datetime, timedelta

import pytest

from integration.kernel.errors import PermissionDenied
from integration.kernel.scopes import USUAL
from integration.services import api_keys
from tests.support.launches import make_merchant

ADDRESS = "/admin/api/v1/api-keys"
SECRET = {"kind": "secret", "mode": "live", "name": "Back end"}
PUBLISHABLE = {"kind": "publishable", "mode": "live", "name": "Storefront"}


def add(client, merchant, **given):
    answer = client.post(ADDRESS, json={**SECRET, **given}, headers=merchant.server)
    assert answer.status_code == 201, answer.text
    return answer.json


def bearer(key):
    return {"Authorization": f"Bearer {key}"}


def works(client, key):
    return client.get("/api/products", headers=bearer(key)).status_code == 200


def test_a_secret_key_is_shown_once_and_serves_at_once(client, merchant):
    made = add(client, merchant)

    assert made["key"].startswith("sk_live_")
    assert len(made["key"]) == len("sk_live_") + 32
    assert made["hint"] == made["key"][-4:]
    assert made["scopes"] == list(USUAL)
    assert works(client, made["key"])
    shown = client.get(f"{ADDRESS}/{made['id']}", headers=merchant.server).json
    assert shown == {name: value for name, value in made.items() if name != "key"}


def test_a_key_does_what_its_scopes_say(client, merchant):
    made = add(client, merchant, scopes=["read:products"])

    assert works(client, made["key"])
    assert client.get("/api/consumers", headers=bearer(made["key"])).status_code == 403
    assert client.get(ADDRESS, headers=bearer(made["key"])).status_code == 403


def test_a_publishable_key_serves_its_origins_alone(client, merchant):
    origins = ["https://shop.example"]
    body = {**PUBLISHABLE, "allowedOrigins": origins}
    made = client.post(ADDRESS, json=body, headers=merchant.server).json
    page = {"X-Publishable-Key": made["key"]}
    address = "/api/v1/organizations/current"

    welcome = client.get(address, headers={**page, "Origin": origins[0]})
    refused = client.get(address, headers={**page, "Origin": "https://evil.example"})

    assert made["key"].startswith("pk_live_")
    assert made["scopes"] == []
    assert welcome.status_code == 200
    assert refused.status_code == 403
    assert refused.json["error"] == "Permission denied"


def test_a_live_key_makes_test_keys_and_looks_after_them(client, merchant):
    made = add(client, merchant, mode="test")

    assert made["key"].startswith("sk_test_")
    listed = client.get(f"{ADDRESS}?mode=test", headers=merchant.server).json["data"]
    assert [key["id"] for key in listed] == [made["id"]]
    revoked = client.post(f"{ADDRESS}/{made['id']}/revoke", headers=merchant.server)
    assert revoked.status_code == 200
    assert not works(client, made["key"])


def test_a_test_key_makes_no_live_keys_and_sees_none(client, merchant, rt):
    tester = make_merchant(rt, "test", of=merchant)
    live = add(client, merchant)

    refused = client.post(ADDRESS, json=SECRET, headers=tester.server)

    assert refused.status_code == 403
    assert refused.json["code"] == "PERMISSION_DENIED"
    assert client.get(f"{ADDRESS}?mode=live", headers=tester.server).status_code == 403
    assert client.get(f"{ADDRESS}/{live['id']}", headers=tester.server).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"mode": "live", "name": "Key"}, "kind"),
        ({**SECRET, "mode": "demo"}, "mode"),
        ({**SECRET, "name": ""}, "name"),
        ({**SECRET, "scopes": ["read:everything"]}, "scopes.0"),
        ({**SECRET, "allowedOrigins": ["https://shop.example"]}, "allowedOrigins"),
        ({**SECRET, "expiresAt": "2020-01-01T00:00:00Z"}, "expiresAt"),
        ({**SECRET, "expiresAt": "tomorrow"}, "expiresAt"),
        ({**PUBLISHABLE, "scopes": ["admin"]}, "scopes"),
        ({**PUBLISHABLE, "allowedOrigins": ["https://shop.example/"]}, "allowedOrigins.0"),
        ({**PUBLISHABLE, "allowedOrigins": ["shop.example"]}, "allowedOrigins.0"),
    ],
)
def test_a_bad_field_is_named(client, merchant, body, field):
    refused = client.post(ADDRESS, json=body, headers=merchant.server)

    assert refused.status_code == 400
    assert refused.json["details"][0]["field"] == field


def test_a_revoked_key_is_refused_at_once_and_stays_revoked(client, merchant):
    made = add(client, merchant)
    assert works(client, made["key"])
    address = f"{ADDRESS}/{made['id']}"

    revoked = client.post(f"{address}/revoke", headers=merchant.server).json
    again = client.post(f"{address}/revoke", headers=merchant.server).json

    assert not works(client, made["key"])
    assert revoked["revokedAt"] is not None
    assert again["revokedAt"] == revoked["revokedAt"]


def test_deleting_a_key_revokes_it(client, merchant):
    made = add(client, merchant)

    deleted = client.delete(f"{ADDRESS}/{made['id']}", headers=merchant.server)

    assert (deleted.status_code, deleted.data) == (204, b"")
    assert not works(client, made["key"])


def test_an_expired_key_is_refused(client, merchant, rt):
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    made = add(client, merchant, expiresAt=soon)

    overlap = {"overlapSeconds": 0}
    client.post(f"{ADDRESS}/{made['id']}/rotate", json=overlap, headers=merchant.server)

    assert not works(client, made["key"])


def test_rotating_makes_a_successor_beside_the_old_key(client, merchant):
    made = add(client, merchant, scopes=["read:products"])

    rotated = client.post(f"{ADDRESS}/{made['id']}/rotate", headers=merchant.server)

    assert rotated.status_code == 201
    successor = rotated.json
    assert successor["id"] != made["id"]
    assert (successor["name"], successor["scopes"]) == (made["name"], made["scopes"])
    assert successor["expiresAt"] is None
    assert works(client, made["key"])
    assert works(client, successor["key"])
    shown = client.get(f"{ADDRESS}/{made['id']}", headers=merchant.server).json
    assert shown["expiresAt"] is not None


def test_a_revoked_key_is_not_changed_any_more(client, merchant):
    made = add(client, merchant)
    address = f"{ADDRESS}/{made['id']}"
    client.delete(address, headers=merchant.server)

    changed = client.patch(address, json={"name": "Other"}, headers=merchant.server)
    rotated = client.post(f"{address}/rotate", headers=merchant.server)

    assert changed.status_code == rotated.status_code == 409
    assert changed.json["code"] == rotated.json["code"] == "KEY_REVOKED"


def test_scopes_may_be_taken_away(client, merchant):
    made = add(client, merchant)

    changed = client.patch(
        f"{ADDRESS}/{made['id']}", json={"scopes": ["read:orders"]}, headers=merchant.server
    )

    assert changed.status_code == 200
    assert client.get("/api/products", headers=bearer(made["key"])).status_code == 403


def test_the_list_is_filtered_and_never_shows_a_key(client, merchant):
    made = add(client, merchant)

    listed = client.get(f"{ADDRESS}?kind=secret&sort=-createdAt&limit=1", headers=merchant.server)

    assert [key["id"] for key in listed.json["data"]] == [made["id"]]
    assert made["key"] not in listed.text


def test_keys_need_the_scope_admin(client, merchant, rt):
    limited = make_merchant(rt, scopes=USUAL, of=merchant)

    refused = client.post(ADDRESS, json=SECRET, headers=limited.server)

    assert refused.status_code == 403


@pytest.mark.parametrize("verb", ["get", "patch", "delete", "rotate", "revoke"])
def test_another_organizations_key_does_not_exist(client, merchant, rt, verb):
    made = add(client, merchant)
    other = make_merchant(rt)
    address = f"{ADDRESS}/{made['id']}"

    if verb in {"rotate", "revoke"}:
        refused = client.post(f"{address}/{verb}", headers=other.server)
    else:
        body = {"json": {"name": "Mine"}} if verb == "patch" else {}
        refused = getattr(client, verb)(address, headers=other.server, **body)

    assert refused.status_code == 404
    assert refused.json["error"] == "API key not found"
    assert works(client, made["key"])


def test_a_repeated_call_with_its_key_shows_the_same_secret(client, merchant):
    headers = {**merchant.server, "X-Idempotency-Key": "once"}
    first = client.post(ADDRESS, json=SECRET, headers=headers)

    again = client.post(ADDRESS, json=SECRET, headers=headers)

    assert again.data == first.data
    assert works(client, again.json["key"])


def test_nobody_grants_scopes_that_they_lack(rt, merchant):
    held, tenant = frozenset({"read:products", "write:orders"}), merchant.tenant
    body = {**SECRET, "scopes": None, "allowed_origins": [], "expires_at": None}

    made = api_keys.create(rt, tenant, held, body).row

    assert set(made.scopes) == held
    with pytest.raises(PermissionDenied, match="'admin'"):
        api_keys.create(rt, tenant, held, {**body, "scopes": ["read:products", "admin"]})
    changes = {"scopes": ["read:products", "read:orders"]}
    with pytest.raises(PermissionDenied, match="'read:orders'"):
        api_keys.update(rt, tenant, held, made.id, changes, expected=None)
    api_keys.update(rt, tenant, held, made.id, {"scopes": ["read:products"]}, expected=None)


def test_a_key_that_was_rotated_is_not_rotated_again(client, merchant):
    made = add(client, merchant)
    address = f"{ADDRESS}/{made['id']}"
    rotated = client.post(
        f"{address}/rotate", json={"overlapSeconds": 0}, headers=merchant.server
    ).json
    body = {"overlapSeconds": 0}
    client.post(f"{ADDRESS}/{rotated['id']}/rotate", json=body, headers=merchant.server)
    later = add(client, merchant, expiresAt="2100-01-01T00:00:00Z")

    again = client.post(f"{address}/rotate", headers=merchant.server)
    kept = client.post(f"{ADDRESS}/{later['id']}/rotate", headers=merchant.server).json

    assert (again.status_code, again.json["code"]) == (409, "KEY_REPLACED")
    assert kept["expiresAt"] == "2100-01-01T00:00:00.000Z"
