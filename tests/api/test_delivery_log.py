"""GET /webhooks/:id/deliveries with filters, and GET /webhooks/deliveries/:id."""

import json
from datetime import timedelta

import pytest

from integration.services import deliveries
from tests.connectors.loopback import plain, serve
from tests.jobs.support import deliveries_of, happen, make_endpoint
from tests.support.launches import make_merchant

HOOKS = "/admin/api/v1/webhooks"
NOWHERE = "http://127.0.0.1:9/hook"


def read(client, merchant, path):
    answer = client.get(f"{HOOKS}{path}", headers=merchant.server)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_the_log_holds_each_attempt_with_the_body_of_its_answer(client, rt, merchant):
    answers = iter([plain(b"try later", 503), plain(b'{"ok": true}')])
    with serve(lambda handler: next(answers)(handler)) as served:  # noqa: PLW0108 - one a call
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant)
        deliveries.drain(rt, endpoint.id)
        [delivery] = deliveries_of(rt, endpoint)
        client.post(f"{HOOKS}/deliveries/{delivery.id}/retry", headers=merchant.server)
        deliveries.drain(rt, endpoint.id)

    told = read(client, merchant, f"/deliveries/{delivery.id}")
    assert [(each["status"], each["problem"], each["response"]) for each in told["log"]] == [
        (503, "The endpoint answered 503.", "try later"),
        (200, None, '{"ok": true}'),
    ]
    assert all(each["at"].endswith("Z") and each["durationMs"] >= 0 for each in told["log"])
    assert told["body"] == json.loads(served.requests[0]["body"])


def test_no_secret_and_no_contact_is_shown(client, rt, merchant):
    secret = "sk_live_" + "a1B2" * 8
    with serve(plain(f"no such key {secret}".encode(), 401)) as served:
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant, "consumer.created", {"id": "cons_1", "email": "ada@shop.example"})
        deliveries.drain(rt, endpoint.id)
    [delivery] = deliveries_of(rt, endpoint)

    shown = client.get(f"{HOOKS}/deliveries/{delivery.id}", headers=merchant.server)

    assert secret not in shown.text
    assert shown.json["log"][0]["response"] == "no such key [redacted]"
    assert shown.json["body"]["data"] == {"id": "cons_1", "email": "[redacted]"}
    assert json.loads(served.requests[0]["body"])["data"]["email"] == "ada@shop.example"


def test_an_answer_that_is_no_text_is_kept_as_well_as_can_be(client, rt, merchant):
    with serve(plain(b"\x00\xff\xfe{", 500)) as served:
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant)
        deliveries.drain(rt, endpoint.id)
    [delivery] = deliveries_of(rt, endpoint)

    [entry] = read(client, merchant, f"/deliveries/{delivery.id}")["log"]

    assert entry["response"] == "\ufffd\ufffd\ufffd{"


def test_deliveries_are_filtered_by_status_type_and_time(client, rt, merchant):
    with serve(plain(b"")) as served:
        endpoint = make_endpoint(rt, merchant, f"{served.url}/hook")
        happen(rt, merchant, "order.created")
        deliveries.drain(rt, endpoint.id)
    happen(rt, merchant, "order.completed")
    rejected = happen(rt, merchant, "order.rejected")
    assert rejected == [endpoint.id]
    middle = deliveries_of(rt, endpoint)[1].event.created_at
    path = f"/{endpoint.id}/deliveries"

    def types(query):
        return [each["eventType"] for each in read(client, merchant, path + query)["data"]]

    assert types("?status=delivered") == ["order.created"]
    assert types("?status=pending") == ["order.rejected", "order.completed"]
    assert types("?eventType=order.rejected") == ["order.rejected"]
    at = middle.isoformat().replace("+00:00", "Z")
    assert types(f"?createdAfter={at}") == ["order.rejected", "order.completed"]
    assert types(f"?createdBefore={at}") == ["order.created"]
    later = (middle + timedelta(days=1)).isoformat().replace("+00:00", "Z")
    assert types(f"?createdAfter={later}") == []


@pytest.mark.parametrize("query", ["status=lost", "eventType=order.eaten", "createdAfter=soon"])
def test_a_filter_that_is_none_is_refused(client, rt, merchant, query):
    endpoint = make_endpoint(rt, merchant, NOWHERE)

    answer = client.get(f"{HOOKS}/{endpoint.id}/deliveries?{query}", headers=merchant.server)

    assert (answer.status_code, answer.json["code"]) == (400, "VALIDATION_FAILED")


@pytest.mark.parametrize("whose", ["another merchant", "test mode"])
def test_nobody_else_reads_the_log(client, rt, merchant, whose):
    endpoint = make_endpoint(rt, merchant, NOWHERE)
    happen(rt, merchant)
    [delivery] = deliveries_of(rt, endpoint)
    other = make_merchant(rt, **({"mode": "test", "of": merchant} if whose == "test mode" else {}))

    answer = client.get(f"{HOOKS}/deliveries/{delivery.id}", headers=other.server)

    assert (answer.status_code, answer.json["code"]) == (404, "DELIVERY_NOT_FOUND")
