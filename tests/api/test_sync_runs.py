"""POST /connections/:id/sync, GET /connections/:id/sync-runs and /sync-runs/:runId."""

import pytest

from connectors.base import NeedsReconnect
from integration.kernel.ids import new_id
from tests.jobs.support import drain, finish, make_connection, make_product, make_shop, stock
from tests.support.launches import make_merchant

ADMIN = "/admin/api/v1"


def start(client, merchant, connection_id, body, **headers):
    path = f"{ADMIN}/connections/{connection_id}/sync"
    return client.post(path, json=body, headers={**merchant.server, **headers})


def get(client, merchant, connection_id, path=""):
    return client.get(
        f"{ADMIN}/connections/{connection_id}/sync-runs{path}", headers=merchant.server
    )


def test_a_sync_is_asked_for_followed_and_completed(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=150))

    asked = start(client, merchant, connection_id, {"subject": "products"})
    queued = get(client, merchant, connection_id, f"/{asked.json['id']}").json
    drain(rt)
    done = get(client, merchant, connection_id, f"/{asked.json['id']}").json

    assert asked.status_code == 202
    assert set(done) == {
        *("id", "connectionId", "subject", "status", "pages", "records", "created", "updated"),
        *("failed", "failures", "total", "rate", "secondsLeft", "startedAt", "finishedAt"),
        *("problem", "gone", "conflicts"),
    }
    assert (queued["status"], queued["rate"], queued["secondsLeft"]) == ("queued", None, None)
    assert queued["startedAt"].endswith("Z")
    assert (done["status"], done["pages"], done["records"]) == ("completed", 2, 150)
    assert (done["created"], done["failed"], done["failures"]) == (150, 0, [])
    assert done["finishedAt"] >= done["startedAt"]


def test_failures_are_told_with_their_reasons(client, rt, merchant):
    shop = make_shop()
    stock(shop, make_product(1, price=None))
    connection_id = make_connection(rt, merchant, shop)
    asked = start(client, merchant, connection_id, {"subject": "products"}).json

    drain(rt)

    told = get(client, merchant, connection_id, f"/{asked['id']}").json
    assert told["failures"] == [{"externalId": "x1", "reason": "The shop gives no price."}]


def test_a_second_sync_is_refused_and_names_the_first(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    first = start(client, merchant, connection_id, {"subject": "products"}).json

    second = start(client, merchant, connection_id, {"subject": "products"})
    other = start(client, merchant, connection_id, {"subject": "customers", "full": True})

    assert (second.status_code, second.json["code"]) == (409, "SYNC_RUNNING")
    assert (second.json["error"], second.json["syncRunId"]) == ("Conflict", first["id"])
    assert other.status_code == 202


def test_a_repeated_key_starts_one_run(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    key = {"X-Idempotency-Key": "once"}

    first = start(client, merchant, connection_id, {"subject": "products"}, **key)
    again = start(client, merchant, connection_id, {"subject": "products"}, **key)

    assert (first.status_code, again.data) == (202, first.data)


def test_refused_credentials_are_told(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1), key="wrong")
    asked = start(client, merchant, connection_id, {"subject": "products"}).json

    drain(rt)

    told = get(client, merchant, connection_id, f"/{asked['id']}").json
    assert (told["status"], told["problem"]) == ("failed", NeedsReconnect.message)


def test_runs_come_newest_first_in_pages(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    ids = []
    for _ in range(3):
        ids.append(start(client, merchant, connection_id, {"subject": "products"}).json["id"])
        finish(rt, ids[-1])

    first = get(client, merchant, connection_id, "?limit=2").json
    rest = get(client, merchant, connection_id, f"?cursor={first['pageInfo']['endCursor']}").json

    assert sorted(ids, reverse=True) == [each["id"] for each in first["data"] + rest["data"]]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"subject": "everything"},
        {"subject": 1},
        {"subject": "products", "full": "perhaps"},
        {"subject": "products", "since": "2026-01-01T00:00:00Z"},
    ],
)
def test_bad_bodies_start_nothing(client, rt, merchant, body):
    connection_id = make_connection(rt, merchant, make_shop(products=1))

    answer = start(client, merchant, connection_id, body)

    assert (answer.status_code, answer.json["code"]) == (400, "VALIDATION_FAILED")
    assert get(client, merchant, connection_id).json["data"] == []


@pytest.mark.parametrize("whose", ["another merchant", "test mode"])
def test_nobody_else_sees_or_starts_a_sync(client, rt, merchant, whose):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    run_id = start(client, merchant, connection_id, {"subject": "products"}).json["id"]
    other = make_merchant(rt, **({"mode": "test", "of": merchant} if whose == "test mode" else {}))

    answers = [
        start(client, other, connection_id, {"subject": "customers"}),
        get(client, other, connection_id),
        get(client, other, connection_id, f"/{run_id}"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert [answer.json["code"] for answer in answers] == [
        "CONNECTION_NOT_FOUND",
        "CONNECTION_NOT_FOUND",
        "SYNC_RUN_NOT_FOUND",
    ]


def test_a_run_is_found_under_its_own_connection_only(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    other_id = make_connection(rt, merchant, make_shop(products=1))
    run_id = start(client, merchant, connection_id, {"subject": "products"}).json["id"]

    assert get(client, merchant, other_id, f"/{run_id}").status_code == 404
    assert get(client, merchant, connection_id, f"/{new_id('sync')}").status_code == 404


def test_the_scopes_are_those_of_connections(client, rt, merchant):
    connection_id = make_connection(rt, merchant, make_shop(products=1))
    reader = make_merchant(rt, scopes=("read:connections",), of=merchant)

    assert get(client, reader, connection_id).status_code == 200
    assert start(client, reader, connection_id, {"subject": "products"}).status_code == 403
