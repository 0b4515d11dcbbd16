"""The audit rows of contract.md, section 5: GET /audit, GET /experiences/:id/audit."""

import pytest

from tests.support.backoffice import ADMIN, post, running_queue
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_merchant

SHAPE = {
    "id",
    "timestamp",
    "action",
    "actor",
    "subjectId",
    "experienceId",
    "requestId",
    "via",
    "before",
    "after",
}


@pytest.fixture
def queue(client, merchant):
    """A running queue, paused once."""
    made = running_queue(client, merchant, name="Queue")
    return post(client, merchant, f"/queues/{made['id']}/pause", 200)


def experience_of(client, merchant, queue):
    path = f"{ADMIN}/sequences/{queue['sequenceId']}"
    return client.get(path, headers=merchant.server).json["experienceId"]


def paths(client, merchant, queue):
    return f"{ADMIN}/audit", f"{ADMIN}/experiences/{experience_of(client, merchant, queue)}/audit"


def test_get_audit_and_the_audit_of_an_experience(client, merchant, queue):
    for path in paths(client, merchant, queue):
        answer = client.get(path, headers=merchant.server)

        assert answer.status_code == 200
        assert answer.json.keys() == {"data", "pageInfo"}
        row = answer.json["data"][0]
        assert row.keys() == SHAPE
        assert row["id"].startswith("log_")
        assert len(row["id"]) == len("log_") + 26
        assert row["timestamp"].endswith("Z")
        assert (row["action"], row["subjectId"]) == ("queue.paused", queue["id"])
        assert (row["before"], row["after"]) == ({"state": "active"}, {"state": "paused"})
        assert row["actor"].startswith("key_")


def test_audit_actions_use_the_names_of_webhook_events(client, merchant, queue):
    guest = make_guest(client, merchant)
    client.post(f"/api/v1/queues/{queue['id']}/enter", headers=guest.headers)
    client.post(f"/api/v1/queues/{queue['id']}/leave", headers=guest.headers)
    client.post("/api/consumers", headers=merchant.server, json={"email": "ann@shop.example"})

    rows = client.get(f"{ADMIN}/audit?limit=100", headers=merchant.server).json["data"]

    actions = {row["action"] for row in rows}
    assert {
        "experience.published",
        "queue.consumer.entered",
        "queue.consumer.left",
        "consumer.created",
    } <= actions


@pytest.mark.parametrize(
    ("name", "value"),
    [("action", "queue.paused"), ("subject", None), ("actor", None), ("from", None)],
)
def test_audit_filters(client, merchant, queue, name, value):
    path, _ = paths(client, merchant, queue)
    newest = client.get(path, headers=merchant.server).json["data"][0]
    values = {
        "subject": newest["subjectId"],
        "actor": newest["actor"],
        "from": newest["timestamp"],
        "action": value,
    }

    found = client.get(path, headers=merchant.server, query_string={name: values[name]}).json
    nothing = client.get(
        path, headers=merchant.server, query_string={name: values[name], "to": "2020-01-01"}
    ).json

    assert newest in found["data"]
    assert nothing == {"data": [], "pageInfo": {"endCursor": None, "hasNextPage": False}}


def test_audit_has_cursors(client, merchant, queue):
    for path in paths(client, merchant, queue):
        first = client.get(f"{path}?limit=1", headers=merchant.server).json
        cursor = first["pageInfo"]["endCursor"]
        second = client.get(f"{path}?limit=1&cursor={cursor}", headers=merchant.server).json

        assert first["pageInfo"]["hasNextPage"]
        assert first["data"][0]["id"] > second["data"][0]["id"]
        forged = client.get(f"{path}?cursor=x{cursor}", headers=merchant.server)
        assert refused(forged) == (400, "Validation failed", "VALIDATION_FAILED")


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "from=yesterday", "sort=name"])
def test_400_of_an_audit_query_that_makes_no_sense(client, merchant, queue, query):
    for path in paths(client, merchant, queue):
        answer = client.get(f"{path}?{query}", headers=merchant.server)

        assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")


def test_401_and_403_of_audit(client, rt, merchant, queue):
    few = make_merchant(rt, of=merchant, scopes=("read:experiences", "write:experiences"))
    for path in paths(client, merchant, queue):
        nobody = client.get(path)
        lacking = client.get(path, headers=few.server)

        assert refused(nobody) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")
        assert refused(lacking) == (403, "Permission denied", "PERMISSION_DENIED")


def test_404_of_the_audit_of_an_unknown_experience(client, rt, merchant, queue):
    _, path = paths(client, merchant, queue)
    for headers in (make_merchant(rt).server, make_merchant(rt, "test", of=merchant).server):
        answer = client.get(path, headers=headers)

        assert refused(answer) == (404, "Experience not found", "EXPERIENCE_NOT_FOUND")
