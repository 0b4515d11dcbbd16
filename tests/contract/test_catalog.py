"""Products and consumers of contract.md, section 4: each row, its answers and its refusals."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support.backoffice import stranger_to
from tests.support.envelopes import refused
from tests.support.launches import make_merchant

PRODUCT = {"name": "Sneaker", "price": 199.99, "sku": "SNKR-001"}
CONSUMER = {"email": "john@example.com", "fullName": "John Doe", "phone": "+15551234567"}
BODIES = {"products": PRODUCT, "consumers": CONSUMER}
KINDS = {"products": "Product", "consumers": "Consumer"}
SUBJECTS = list(BODIES)
PREFIXES = ["/api", ""]
PRODUCT_SHAPE = {
    "id",
    "name",
    "description",
    "price",
    "currencyCode",
    "sku",
    "inventory",
    "url",
    "imageUrl",
    "externalId",
    "syncSource",
    "variants",
    "createdAt",
    "updatedAt",
}
CONSUMER_SHAPE = {
    "id",
    "email",
    "phone",
    "fullName",
    "externalId",
    "syncSource",
    "metadata",
    "createdAt",
    "updatedAt",
}
SHAPES = {"products": PRODUCT_SHAPE, "consumers": CONSUMER_SHAPE}


def post(client, merchant, subject, prefix="/api", **given):
    body = {**BODIES[subject], **given}
    return client.post(f"{prefix}/{subject}", json=body, headers=merchant.server)


def add(client, merchant, subject, **given):
    answer = post(client, merchant, subject, **given)
    assert answer.status_code == 201, answer.text
    return answer.json


def found(client, merchant, subject, **query):
    answer = client.get(f"/api/{subject}", query_string=query, headers=merchant.server)
    assert answer.status_code == 200, answer.text
    assert answer.json.keys() == {"data", "pageInfo"}
    return [each["id"] for each in answer.json["data"]]


def test_post_products_201_with_all_of_it(client, merchant):
    variant = {"sku": "S-42", "title": "42", "price": 209.5, "inventory": 3, "externalId": "v1"}
    body = {
        **PRODUCT,
        "description": "Exclusive release",
        "inventory": 100,
        "currencyCode": "EUR",
        "url": "https://shop.example/p",
        "imageUrl": "https://shop.example/p.png",
        "externalId": "p1",
        "syncSource": "erp",
        "variants": [variant],
    }

    made = client.post("/api/products", json=body, headers=merchant.server)

    assert made.status_code == 201
    assert made.json.keys() == PRODUCT_SHAPE
    assert body.items() <= (made.json | {"variants": [variant]}).items()
    [shown] = made.json["variants"]
    assert shown == variant | {"id": shown["id"]}
    assert shown["id"].startswith("var_")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_post_201_as_the_guide_says_it(client, merchant, subject, prefix):
    made = post(client, merchant, subject, prefix)

    assert made.status_code == 201
    assert made.json.keys() == SHAPES[subject]
    assert BODIES[subject].items() <= made.json.items()
    assert {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "ETag"} <= set(
        made.headers.keys()
    )


def test_post_products_inventory_null_is_not_tracked(client, merchant):
    made = add(client, merchant, "products", inventory=None)

    assert made["inventory"] is None
    assert made["variants"] == []


@pytest.mark.parametrize("known_by", [{"externalId": "p1"}, {"sku": "SNKR-001"}])
def test_post_products_with_sync_source_updates_the_same_external_id_or_sku(
    client, merchant, known_by
):
    first = add(client, merchant, "products", syncSource="erp", externalId="p1")

    again = post(
        client, merchant, "products", **{"sku": "NEW", "syncSource": "erp", "name": "B", **known_by}
    )

    assert (again.status_code, again.json["id"], again.json["name"]) == (200, first["id"], "B")
    assert found(client, merchant, "products") == [first["id"]]


def test_post_products_409_sku_taken(client, merchant):
    holder = add(client, merchant, "products")

    answer = post(client, merchant, "products", name="Other")

    assert refused(answer) == (409, "Conflict", "SKU_TAKEN")
    assert answer.json["id"] == holder["id"]


@pytest.mark.parametrize("contact", [{"email": "a@b.example"}, {"phone": "+15551234567"}])
def test_post_consumers_needs_one_of_email_phone_external_id(client, merchant, contact):
    made = client.post("/api/consumers", json=contact, headers=merchant.server)
    other = client.post("/api/consumers", json={"externalId": "7"}, headers=merchant.server)
    none = client.post("/api/consumers", json={"fullName": "John"}, headers=merchant.server)

    assert (made.status_code, other.status_code) == (201, 201)
    assert refused(none) == (400, "Validation failed", "VALIDATION_FAILED")


def test_post_consumers_with_metadata_and_sync_source(client, merchant):
    more = {"externalId": "7", "syncSource": "crm", "metadata": {"tier": "gold", "n": [1, None]}}

    made = add(client, merchant, "consumers", **more)

    assert more.items() <= made.items()


def test_post_consumers_409_email_taken_with_the_id(client, merchant):
    holder = add(client, merchant, "consumers")

    answer = post(client, merchant, "consumers", email="JOHN@EXAMPLE.COM")

    assert refused(answer) == (409, "Conflict", "EMAIL_TAKEN")
    assert answer.json["id"] == holder["id"]


@pytest.mark.parametrize(
    ("subject", "given", "field"),
    [
        ("products", {"price": "abc"}, "price"),
        ("products", {"price": -1}, "price"),
        ("products", {"price": 1.999}, "price"),
        ("products", {"price": 10**13}, "price"),
        ("products", {"price": None}, "price"),
        ("products", {"inventory": -1}, "inventory"),
        ("products", {"inventory": 1.5}, "inventory"),
        ("products", {"currencyCode": "XXX"}, "currencyCode"),
        ("products", {"sku": ""}, "sku"),
        ("products", {"url": "javascript:alert(1)"}, "url"),
        ("products", {"variants": [{"title": "S"}]}, "variants.0.sku"),
        ("products", {"stock": 5}, "stock"),
        ("consumers", {"email": "nobody"}, "email"),
        ("consumers", {"phone": "030 901820"}, "phone"),
        ("consumers", {"metadata": 5}, "metadata"),
        ("consumers", {"name": "John"}, "name"),
    ],
)
def test_post_400(client, merchant, subject, given, field):
    answer = post(client, merchant, subject, **given)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert [detail["field"] for detail in answer.json["details"]] == [field]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_get_by_external_id_and_updated_after(client, merchant, subject):
    first = add(client, merchant, subject, externalId="1")
    other = {"products": {"sku": "B"}, "consumers": {"email": "jane@example.com"}}[subject]
    second = add(client, merchant, subject, externalId="2", **other)
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()

    assert found(client, merchant, subject) == [first["id"], second["id"]]
    assert found(client, merchant, subject, externalId="2") == [second["id"]]
    assert found(client, merchant, subject, updatedAfter=first["createdAt"][:19] + "Z") != []
    assert found(client, merchant, subject, updatedAfter=future) == []


def test_get_products_by_sku_and_consumers_by_email(client, merchant):
    product, consumer = (add(client, merchant, subject) for subject in SUBJECTS)

    assert found(client, merchant, "products", sku="SNKR-001") == [product["id"]]
    assert found(client, merchant, "products", sku="snkr-001") == []
    assert found(client, merchant, "consumers", email="JOHN@example.com") == [consumer["id"]]
    assert found(client, merchant, "consumers", email="jane@example.com") == []


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("subject", SUBJECTS)
def test_get_patch_and_delete_by_id(client, merchant, subject, prefix):
    made = add(client, merchant, subject)
    path, field = f"{prefix}/{subject}/{made['id']}", {"products": "name"}.get(subject, "fullName")

    shown = client.get(path, headers=merchant.server)
    changed = client.patch(path, json={field: "New"}, headers=merchant.server)
    gone = client.delete(path, headers=merchant.server)

    assert (shown.status_code, shown.json, shown.headers["ETag"]) == (200, made, '"1"')
    assert (changed.status_code, changed.json[field]) == (200, "New")
    assert changed.headers["ETag"] == '"2"'
    assert (gone.status_code, gone.data) == (204, b"")
    kind = KINDS[subject]
    missing = (404, f"{kind} not found", f"{kind.upper()}_NOT_FOUND")
    assert refused(client.get(path, headers=merchant.server)) == missing
    assert refused(client.delete(path, headers=merchant.server)) == missing
    assert found(client, merchant, subject) == []


@pytest.mark.parametrize("method", ["patch", "delete"])
@pytest.mark.parametrize("subject", SUBJECTS)
def test_if_match_412(client, merchant, subject, method):
    made = add(client, merchant, subject)
    body = {"json": {}} if method == "patch" else {}
    headers = {**merchant.server, "If-Match": '"7"'}

    answer = getattr(client, method)(f"/api/{subject}/{made['id']}", headers=headers, **body)

    assert refused(answer) == (412, "Precondition failed", "PRECONDITION_FAILED")


def test_get_consumers_export(client, merchant):
    made = add(client, merchant, "consumers")

    answer = client.get(f"/api/consumers/{made['id']}/export", headers=merchant.server)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert answer.json["consumer"].items() >= made.items()
    missing = client.get("/api/consumers/cons_x/export", headers=merchant.server)
    assert refused(missing) == (404, "Consumer not found", "CONSUMER_NOT_FOUND")


def test_delete_consumers_erases(client, merchant):
    made = add(client, merchant, "consumers")

    client.delete(f"/api/consumers/{made['id']}", headers=merchant.server)

    assert add(client, merchant, "consumers")["id"] != made["id"]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_another_organizations_and_the_other_modes_are_404(client, rt, merchant, subject):
    made = add(client, merchant, subject)
    for stranger in ("organization", "mode"):
        other = stranger_to(rt, merchant, stranger)

        answer = client.get(f"/api/{subject}/{made['id']}", headers=other.server)

        assert refused(answer)[0] == 404
        assert found(client, other, subject) == []


@pytest.mark.parametrize("subject", [*SUBJECTS, "orders"])
def test_401_403_and_405(client, rt, merchant, subject):
    reader = make_merchant(rt, scopes=(f"read:{subject}",), of=merchant)
    path = f"/api/{subject}"

    assert refused(client.get(path))[1] == "Authentication required"
    assert refused(client.get(path, headers=merchant.page))[0] == 401
    denied = client.post(path, json={}, headers=reader.server)
    assert refused(denied) == (403, "Permission denied", "PERMISSION_DENIED")
    assert client.get(path, headers=reader.server).status_code == 200
    assert refused(client.put(path, headers=merchant.server))[0] == 405


@pytest.mark.parametrize(
    ("subject", "limit"), [("products", 100), ("consumers", 100), ("orders", 50)]
)
def test_the_limits_of_the_integration_api(client, rt, subject, limit):
    modest = make_merchant(rt, limits={})

    answer = client.get(f"/api/{subject}", headers=modest.server)

    assert answer.headers["X-RateLimit-Limit"] == str(limit)
