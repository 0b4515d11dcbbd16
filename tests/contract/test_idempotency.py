"""contract.md, section 1: idempotency keys on every POST of servers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from integration.services import products
from tests.api.admitted import waiting
from tests.contract.world import make_world
from tests.support.backoffice import ADMIN
from tests.support.envelopes import refused
from tests.support.launches import make_launch, make_merchant

BODY = {"name": "Sneaker", "sku": "SNKR", "price": 199.99}
PATH = "/api/products"


def keyed(merchant, key="once", name="X-Idempotency-Key"):
    return {**merchant.server, name: key}


def make(client, merchant, key="once", body=BODY, *, path=PATH, name="X-Idempotency-Key"):
    return client.post(path, json=body, headers=keyed(merchant, key, name))


def count(client, merchant):
    return len(client.get(PATH, headers=merchant.server).json["data"])


@pytest.mark.parametrize("name", ["X-Idempotency-Key", "Idempotency-Key"])
def test_same_key_and_body_the_first_answer_again(client, merchant, name):
    first = make(client, merchant, name=name)
    again = make(client, merchant, name=name)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.data == again.data
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.headers["ETag"] == first.headers["ETag"]
    assert count(client, merchant) == 1


def test_other_body_422(client, merchant):
    make(client, merchant)

    answer = make(client, merchant, body={**BODY, "price": 1})

    assert refused(answer) == (422, "Idempotency key reused", "IDEMPOTENCY_KEY_REUSED")


def test_the_same_body_in_another_spelling_is_the_same(client, merchant):
    first = make(client, merchant)
    spelled = b'{ "price": 199.99, "sku": "SNKR", "name": "\\u0053neaker" }'

    again = client.post(
        PATH, data=spelled, content_type="application/json", headers=keyed(merchant)
    )

    assert again.data == first.data


def test_while_the_first_runs_409_with_retry_after(client, app, merchant, monkeypatch):
    second = []
    save = products.save

    def slowly(*given, **more):
        with ThreadPoolExecutor(1) as another:
            second.append(another.submit(make, app.test_client(), merchant).result())
        return save(*given, **more)

    monkeypatch.setattr(products, "save", slowly)

    first = make(client, merchant)

    assert first.status_code == 201
    assert refused(second[0]) == (409, "Conflict", "IDEMPOTENCY_IN_PROGRESS")
    assert second[0].headers["Retry-After"] == "1"


@pytest.mark.parametrize("key", ["", "a b", "é", "x" * 256, "a\tb"])
def test_400_of_a_key_that_is_not_1_to_255_visible_characters(client, merchant, key):
    answer = make(client, merchant, key)

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert answer.json["details"][0]["field"] == "X-Idempotency-Key"


def test_255_characters_are_not_too_many(client, merchant):
    assert make(client, merchant, "x" * 255).status_code == 201


def test_a_key_is_per_organization_mode_and_concrete_path(client, merchant, rt):
    others = [make_merchant(rt), make_merchant(rt, "test", of=merchant)]

    made = [make(client, who) for who in (merchant, *others)]
    elsewhere = make(client, merchant, body={"email": "a@example.com"}, path="/api/consumers")

    assert [each.status_code for each in (*made, elsewhere)] == [201] * 4
    assert {each.headers.get("Idempotency-Replayed") for each in (*made, elsewhere)} == {None}


def test_kept_for_24_hours(client, merchant, rt):
    make(client, merchant)
    with rt.transaction() as tx:
        tx.session.execute(
            text(
                "UPDATE idempotency_key SET created_at = created_at - interval '24 hours 1 second'"
            )
        )

    answer = make(client, merchant, body={**BODY, "sku": "OTHER"})

    assert answer.status_code == 201
    assert "Idempotency-Replayed" not in answer.headers


def test_refusals_after_validation_are_kept_and_those_before_are_not(client, merchant):
    make(client, merchant, "first")
    taken, again = (make(client, merchant, "second") for _ in range(2))
    bad = make(client, merchant, "third", {**BODY, "price": -1})
    good = make(client, merchant, "third", {**BODY, "sku": "OTHER"})

    assert refused(taken) == (409, "Conflict", "SKU_TAKEN")
    assert (again.data, again.headers["Idempotency-Replayed"]) == (taken.data, "true")
    assert (bad.status_code, good.status_code) == (400, 201)


@pytest.mark.parametrize("status", [429, 500])
def test_429_and_5xx_are_not_kept(client, merchant, rt, monkeypatch, status):
    def fail(*_, **__):
        raise RuntimeError

    with monkeypatch.context() as patched:
        if status == 500:
            patched.setattr(products, "save", fail)
        else:
            limited = make_merchant(rt, limits={"products": 0})
        first = make(client, limited if status == 429 else merchant)
    again = make(client, merchant)

    assert (first.status_code, again.status_code) == (status, 201)
    assert "Idempotency-Replayed" not in again.headers


def test_answers_are_stored_encrypted(client, merchant, rt):
    key = {"kind": "secret", "mode": "live", "name": "Key"}

    made = make(client, merchant, body=key, path=f"{ADMIN}/api-keys").json["key"]
    again = make(client, merchant, body=key, path=f"{ADMIN}/api-keys").json["key"]

    with rt.transaction() as tx:
        kept = str(tx.session.execute(text("SELECT * FROM idempotency_key")).all())
    assert made == again
    assert made not in kept


def test_the_secret_rows_take_keys_too(client, merchant, rt):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    waiting(client, merchant, launch, 2)
    path = f"/api/v1/queues/{launch.queue_id}/admit"

    first, again = (make(client, merchant, body={"count": 1}, path=path) for _ in range(2))

    assert first.status_code == 200
    assert (again.data, again.headers["Idempotency-Replayed"]) == (first.data, "true")


def test_every_post_of_servers_takes_a_key(client, app, rt):
    document = client.get("/openapi.json").json
    world = make_world(rt, app)
    posts = [
        (path, operation["post"])
        for path, operation in document["paths"].items()
        if operation.get("post", {}).get("security") == [{"secretKey": []}]
    ]

    bare = [
        path
        for path, operation in posts
        if "X-Idempotency-Key" not in [each["name"] for each in operation.get("parameters", [])]
    ]
    unheeded = [
        path
        for path, _ in posts
        if client.post(
            path.format_map(world.path(path)), json={}, headers=keyed(world.merchant, "bad key")
        ).status_code
        == 200
    ]
    assert (len(posts) > 60, bare, unheeded) == (True, [], [])
