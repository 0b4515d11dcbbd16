"""Products of the Integration API (contract.md, section 4)."""

import pytest

from tests.support.backoffice import stranger_to
from tests.support.launches import make_launch, make_merchant

SNEAKER = {"name": "Limited Sneaker", "price": 199.99, "sku": "SNKR-001"}


@pytest.fixture(params=["/api/products", "/products"])
def products(request) -> str:
    """The address, with and without the prefix."""
    return request.param


def add(client, merchant, **given):
    answer = client.post("/api/products", json={**SNEAKER, **given}, headers=merchant.server)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_a_product_is_added_as_the_guide_says(client, merchant, products):
    body = {**SNEAKER, "description": "Exclusive release", "inventory": 100}

    answer = client.post(products, json=body, headers=merchant.server)

    assert answer.status_code == 201
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["X-RateLimit-Limit"] == "1000000"
    made = answer.json
    assert made["id"].startswith("prod_")
    assert made["createdAt"].endswith("Z")
    assert made == {
        **body,
        "id": made["id"],
        "currencyCode": "USD",
        "url": None,
        "imageUrl": None,
        "externalId": None,
        "syncSource": None,
        "variants": [],
        "createdAt": made["createdAt"],
        "updatedAt": made["updatedAt"],
    }


def test_a_product_is_read_at_both_addresses(client, merchant, products):
    made = add(client, merchant)

    answer = client.get(f"{products}/{made['id']}", headers=merchant.server)

    assert answer.status_code == 200
    assert answer.json == made


def test_a_taken_sku_is_a_conflict_that_names_its_holder(client, merchant):
    holder = add(client, merchant)

    refused = client.post("/api/products", json=SNEAKER, headers=merchant.server)

    assert refused.status_code == 409
    assert refused.json["error"] == "Conflict"
    assert refused.json["code"] == "SKU_TAKEN"
    assert refused.json["id"] == holder["id"]


def test_products_of_a_source_without_ids_of_its_own_are_known_by_sku_alone(client, merchant):
    first = add(client, merchant, syncSource="erp")
    second = add(client, merchant, syncSource="erp", sku="SNKR-002")

    assert first["id"] != second["id"]


@pytest.mark.parametrize("same", ["externalId", "sku"])
def test_a_source_updates_what_it_knows_by_its_own_id_or_by_sku(client, merchant, same):
    source = {"syncSource": "erp", "externalId": "17"}
    first = add(client, merchant, **source, inventory=5)
    other = {"externalId": "18"} if same == "sku" else {"sku": "SNKR-002"}

    again = client.post(
        "/api/products",
        json={**SNEAKER, **source, **other, "price": 150},
        headers=merchant.server,
    )

    assert again.status_code == 200
    assert again.json["id"] == first["id"]
    assert again.json["price"] == 150
    assert again.json["inventory"] is None
    assert again.headers["ETag"] == '"2"'


def test_a_source_may_not_take_the_sku_of_another_product(client, merchant):
    add(client, merchant, sku="A", syncSource="erp", externalId="1")
    holder = add(client, merchant, sku="B", syncSource="erp", externalId="2")

    refused = client.post(
        "/api/products",
        json={**SNEAKER, "sku": "B", "syncSource": "erp", "externalId": "1"},
        headers=merchant.server,
    )

    assert refused.status_code == 409
    assert refused.json["code"] == "SKU_TAKEN"
    assert refused.json["id"] == holder["id"]


def test_an_external_id_is_used_once_without_a_source(client, merchant):
    holder = add(client, merchant, externalId="1")

    refused = client.post(
        "/api/products",
        json={**SNEAKER, "sku": "B", "externalId": "1"},
        headers=merchant.server,
    )

    assert refused.status_code == 409
    assert refused.json["code"] == "EXTERNAL_ID_TAKEN"
    assert refused.json["id"] == holder["id"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"price": -1}, "price"),
        ({"price": 1e30}, "price"),
        ({"price": 1234567890123}, "price"),
        ({"price": 9.999}, "price"),
        ({"price": 1.5, "currencyCode": "JPY"}, "price"),
        ({"price": True}, "price"),
        ({"price": "NaN"}, "price"),
        ({"price": None}, "price"),
        ({"currencyCode": "XXX"}, "currencyCode"),
        ({"sku": ""}, "sku"),
        ({"name": 5}, "name"),
        ({"inventory": -1}, "inventory"),
        ({"inventory": 1.5}, "inventory"),
        ({"inventory": "5"}, "inventory"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"imageUrl": "data:image/png;base64,AA"}, "imageUrl"),
        ({"colour": "red"}, "colour"),
        ({"variants": [{"sku": "A", "price": 1.234}]}, "variants.0.price"),
        ({"variants": [{"sku": "A"}, {"sku": "A"}]}, "variants.1.sku"),
        ({"variants": [{"title": "Large"}]}, "variants.0.sku"),
    ],
)
def test_a_bad_field_is_named(client, merchant, given, field):
    refused = client.post("/api/products", json={**SNEAKER, **given}, headers=merchant.server)

    assert refused.status_code == 400
    assert refused.json["error"] == "Validation failed"
    assert refused.json["code"] == "VALIDATION_FAILED"
    assert [detail["field"] for detail in refused.json["details"]] == [field]
    assert refused.json["requestId"] == refused.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("price", "currency"),
    [(0, "USD"), (999999999999.99, "USD"), (1000, "JPY"), (1.234, "KWD"), (0.1, "EUR")],
)
def test_prices_are_exact(client, merchant, price, currency):
    made = add(client, merchant, price=price, currencyCode=currency)

    assert made["price"] == price


def test_variants_keep_their_ids_for_as_long_as_their_sku_stays(client, merchant):
    made = add(client, merchant, variants=[{"sku": "S"}, {"sku": "M", "price": 10.5}])
    wanted = [{"sku": "M", "title": "Medium"}, {"sku": "L", "inventory": 3}]

    changed = client.patch(
        f"/api/products/{made['id']}", json={"variants": wanted}, headers=merchant.server
    )

    assert changed.status_code == 200
    medium, large = changed.json["variants"]
    assert medium["id"] == made["variants"][1]["id"]
    assert (medium["title"], medium["price"]) == ("Medium", None)
    assert (large["sku"], large["inventory"]) == ("L", 3)


def test_a_variant_that_is_being_sold_stays(client, merchant, rt):
    made = add(client, merchant, variants=[{"sku": "S"}])
    make_launch(rt, merchant, variant_id=made["variants"][0]["id"])

    refused = client.patch(
        f"/api/products/{made['id']}", json={"variants": []}, headers=merchant.server
    )

    assert refused.status_code == 409
    assert refused.json["code"] == "VARIANT_IN_USE"


def test_a_change_touches_only_what_it_names(client, merchant):
    made = add(client, merchant, inventory=7)

    changed = client.patch(
        f"/api/products/{made['id']}", json={"price": 149.5}, headers=merchant.server
    )

    assert changed.json == {**made, "price": 149.5, "updatedAt": changed.json["updatedAt"]}
    assert changed.json["updatedAt"] > made["updatedAt"]


def test_a_change_of_something_newer_is_refused(client, merchant):
    made = add(client, merchant)
    headers = {**merchant.server, "If-Match": '"1"'}
    address = f"/api/products/{made['id']}"
    client.patch(address, json={"price": 1}, headers=headers)

    refused = client.patch(address, json={"price": 2}, headers=headers)

    assert refused.status_code == 412
    assert refused.json["error"] == "Precondition failed"
    assert refused.json["code"] == "PRECONDITION_FAILED"
    assert client.get(address, headers=merchant.server).json["price"] == 1


def test_an_archived_product_is_gone_and_its_sku_is_free(client, merchant):
    made = add(client, merchant)
    address = f"/api/products/{made['id']}"

    archived = client.delete(address, headers=merchant.server)

    assert (archived.status_code, archived.data) == (204, b"")
    assert client.get(address, headers=merchant.server).status_code == 404
    assert client.delete(address, headers=merchant.server).status_code == 404
    assert client.get("/api/products", headers=merchant.server).json["data"] == []
    assert add(client, merchant)["id"] != made["id"]


def test_the_list_is_read_in_pages(client, merchant):
    skus = [f"SKU-{number}" for number in range(5)]
    for sku in skus:
        add(client, merchant, sku=sku)

    first = client.get("/products?limit=3", headers=merchant.server).json
    cursor = first["pageInfo"]["endCursor"]
    second = client.get(f"/products?limit=3&cursor={cursor}", headers=merchant.server).json

    assert [product["sku"] for product in first["data"] + second["data"]] == skus
    assert first["pageInfo"]["hasNextPage"] is True
    assert second["pageInfo"]["hasNextPage"] is False


def test_the_newest_may_come_first(client, merchant):
    for sku in ("A", "B", "C"):
        add(client, merchant, sku=sku)

    first = client.get("/products?limit=2&sort=-createdAt", headers=merchant.server).json
    cursor = first["pageInfo"]["endCursor"]
    second = client.get(
        f"/products?limit=2&sort=-createdAt&cursor={cursor}", headers=merchant.server
    ).json

    assert [product["sku"] for product in first["data"] + second["data"]] == ["C", "B", "A"]


def test_the_list_is_filtered(client, merchant):
    first = add(client, merchant, sku="A", externalId="1")
    second = add(client, merchant, sku="B", externalId="2")

    def found(**query):
        answer = client.get("/api/products", query_string=query, headers=merchant.server)
        return [product["id"] for product in answer.json["data"]]

    assert found(sku="A") == [first["id"]]
    assert found(externalId="2") == [second["id"]]
    assert found(updatedAfter=first["updatedAt"]) == [first["id"], second["id"]]
    assert found(updatedAfter="2100-01-01T00:00:00+02:00") == []
    assert found(sku="nothing") == []


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "limit=x", "cursor=forged", "updatedAfter=soon", "sort=price"],
)
def test_a_bad_query_is_refused(client, merchant, query):
    refused = client.get(f"/api/products?{query}", headers=merchant.server)

    assert refused.status_code == 400
    assert refused.json["code"] == "VALIDATION_FAILED"
    assert refused.json["details"][0]["field"] == query.partition("=")[0]


def test_a_cursor_belongs_to_its_own_list(client, merchant, rt):
    other = make_merchant(rt)
    add(client, merchant, sku="A")
    add(client, merchant, sku="B")
    page = client.get("/api/products?limit=1", headers=merchant.server).json["pageInfo"]

    refused = client.get(f"/api/products?cursor={page['endCursor']}", headers=other.server)

    assert refused.status_code == 400


@pytest.mark.parametrize("method", ["get", "patch", "delete"])
@pytest.mark.parametrize("stranger", ["organization", "mode"])
def test_nobody_else_has_ever_heard_of_it(client, merchant, rt, method, stranger):
    made = add(client, merchant)
    other = stranger_to(rt, merchant, stranger)

    body = {"json": {"price": 1}} if method == "patch" else {}
    refused = getattr(client, method)(f"/api/products/{made['id']}", headers=other.server, **body)

    assert refused.status_code == 404
    assert refused.json["error"] == "Product not found"
    assert refused.json["code"] == "PRODUCT_NOT_FOUND"
    assert client.get("/products", headers=other.server).json["data"] == []


def test_test_and_live_products_may_share_a_sku(client, merchant, rt):
    add(client, merchant)

    made = add(client, make_merchant(rt, "test", of=merchant))

    assert made["sku"] == SNEAKER["sku"]


@pytest.mark.parametrize(
    ("headers", "status", "error"),
    [
        ({}, 401, "Authentication required"),
        ({"Authorization": "Bearer sk_live_unknown"}, 401, "Authentication required"),
        ({"Authorization": "Basic eDp5"}, 401, "Authentication required"),
    ],
)
def test_a_call_without_a_good_key_is_refused(client, merchant, headers, status, error):
    refused = client.post("/api/products", json=SNEAKER, headers=headers)

    assert refused.status_code == status
    assert refused.json["error"] == error


def test_a_publishable_key_is_not_enough(client, merchant):
    refused = client.get("/api/products", headers=merchant.page)

    assert refused.status_code == 401
    assert refused.json["code"] == "AUTHENTICATION_REQUIRED"


def test_reading_does_not_include_writing(client, merchant, rt):
    reader = make_merchant(rt, scopes=("read:products",), of=merchant)

    refused = client.post("/api/products", json=SNEAKER, headers=reader.server)

    assert refused.status_code == 403
    assert refused.json["error"] == "Permission denied"
    assert refused.json["code"] == "PERMISSION_DENIED"
    assert client.get("/api/products", headers=reader.server).status_code == 200


def test_a_repeated_call_with_its_key_adds_one_product(client, merchant):
    headers = {**merchant.server, "X-Idempotency-Key": "unique-request-id-123"}
    first = client.post("/api/products", json=SNEAKER, headers=headers)

    again = client.post("/api/products", json=SNEAKER, headers=headers)

    assert again.status_code == 201
    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_key_used_for_another_body_is_refused(client, merchant):
    headers = {**merchant.server, "X-Idempotency-Key": "unique-request-id-123"}
    client.post("/api/products", json=SNEAKER, headers=headers)

    refused = client.post("/api/products", json={**SNEAKER, "price": 1}, headers=headers)

    assert refused.status_code == 422
    assert refused.json["code"] == "IDEMPOTENCY_KEY_REUSED"


def test_a_refusal_is_repeated_too(client, merchant):
    add(client, merchant)
    headers = {**merchant.server, "X-Idempotency-Key": "unique-request-id-124"}
    first = client.post("/api/products", json=SNEAKER, headers=headers)

    again = client.post("/api/products", json=SNEAKER, headers=headers)

    assert first.status_code == again.status_code == 409
    assert again.data == first.data


def test_the_limit_of_products_is_told(client, rt):
    slow = make_merchant(rt, limits={"products": 2})
    for _ in range(2):
        client.get("/api/products", headers=slow.server)

    refused = client.get("/api/products", headers=slow.server)

    assert refused.status_code == 429
    assert refused.json["error"] == "Rate limit exceeded"
    assert refused.json["retryAfter"] == int(refused.headers["Retry-After"])
    assert refused.headers["X-RateLimit-Remaining"] == "0"
