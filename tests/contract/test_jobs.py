"""contract.md, section 5: GET /jobs, POST /jobs/:id/retry, GET /outbox."""

from dataclasses import replace

import pytest

from integration.app import create_app
from integration.store.intents import Kind
from tests.jobs.support import drain
from tests.support.backoffice import ADMIN
from tests.support.envelopes import refused
from tests.support.intents import ask_for, give_up
from tests.support.launches import make_merchant

JOB = {
    *("id", "kind", "queue", "status", "subjectId", "topic", "attempts", "problem"),
    *("dueAt", "createdAt"),
}
MESSAGE = {
    *("id", "channel", "status", "recipient", "subject", "text", "attempts", "problem"),
    *("createdAt", "sentAt"),
}


def get(client, merchant, path):
    return client.get(f"{ADMIN}{path}", headers=merchant.server)


def test_get_jobs(client, rt, merchant):
    ask_for(Kind.ORDER, client, rt, merchant)
    ask_for(Kind.SYNC, client, rt, merchant)
    give_up(rt)

    answer = get(client, merchant, "/jobs?status=failed&kind=order&limit=10")

    assert answer.status_code == 200
    [job] = answer.json["data"]
    assert job.keys() == JOB
    assert (job["status"], job["problem"], job["queue"]) == ("failed", "It broke.", "orders")
    assert answer.json["pageInfo"]["hasNextPage"] is False
    assert "X-RateLimit-Limit" in answer.headers


def test_post_jobs_retry(client, rt, merchant):
    ask_for(Kind.ORDER, client, rt, merchant)
    give_up(rt)
    [failed] = get(client, merchant, "/jobs").json["data"]
    path = f"{ADMIN}/jobs/{failed['id']}/retry"
    keyed = {**merchant.server, "X-Idempotency-Key": "once"}

    answer = client.post(path, headers=keyed)
    again = client.post(path, headers=keyed)
    drain(rt)

    assert (answer.status_code, answer.json.keys()) == (202, JOB)
    assert (again.data, again.headers["Idempotency-Replayed"]) == (answer.data, "true")
    assert get(client, merchant, "/jobs").json["data"] == []


@pytest.mark.parametrize("whose", ["unknown", "other", "test mode"])
def test_404_job_not_found(client, rt, merchant, whose):
    ask_for(Kind.ORDER, client, rt, merchant)
    [job] = get(client, merchant, "/jobs").json["data"]
    asking = {
        "unknown": lambda: merchant,
        "other": lambda: make_merchant(rt),
        "test mode": lambda: make_merchant(rt, "test", of=merchant),
    }[whose]()

    about = "inb_nothing" if whose == "unknown" else job["id"]
    answer = client.post(f"{ADMIN}/jobs/{about}/retry", headers=asking.server)

    assert refused(answer) == (404, "Job not found", "JOB_NOT_FOUND")


@pytest.mark.parametrize(("method", "path"), [("GET", "/jobs"), ("POST", "/jobs/inb_1/retry")])
def test_401_and_403_without_the_scope(client, rt, merchant, method, path):
    reader = make_merchant(rt, scopes=("read:orders", "write:orders"), of=merchant)

    nobody = client.open(f"{ADMIN}{path}", method=method)
    anybody = client.open(f"{ADMIN}{path}", method=method, headers=reader.server)

    assert refused(nobody) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")
    assert refused(anybody) == (403, "Permission denied", "PERMISSION_DENIED")


def test_get_outbox(client, rt, merchant):
    ask_for(Kind.MESSAGE, client, rt, merchant)

    answer = get(client, merchant, "/outbox")

    assert answer.status_code == 200
    [message] = answer.json["data"]
    assert message.keys() == MESSAGE
    assert (message["channel"], message["recipient"]) == ("email", "jane@shop.example")
    assert get(client, make_merchant(rt), "/outbox").json["data"] == []


def test_404_outbox_in_production(rt, merchant):
    live = replace(rt, settings=replace(rt.settings, env="production"))

    answer = get(create_app(live).test_client(), merchant, "/outbox")

    assert refused(answer) == (404, "Not found", "NOT_FOUND")
