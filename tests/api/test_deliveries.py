"""POST /webhooks/:id/test, GET /webhooks/:id/deliveries, POST /webhooks/deliveries/:id/retry."""

import json

import pytest
from standardwebhooks import Webhook

from tests.connectors.loopback import plain, serve
from tests.jobs.support import deliveries_of, drain, happen, make_endpoint
from tests.support.launches import make_merchant

ADMIN = "/admin/api/v1"
NOWHERE = "http://127.0.0.1:9/hook"


def post(client, merchant, path, **headers):
    return client.post(f"{ADMIN}{path}", headers={**merchant.server, **headers})


def get(client, merchant, path):
    return client.get(f"{ADMIN}{path}", headers=merchant.server)


def test_a_test_event_takes_the_way_of_every_event(client, rt, merchant):
    with serve(plain(b"")) as served:
        url = f"http://127.0.0.1:{served.port}/hook"
        endpoint = make_endpoint(rt, merchant, url, name="Mine", events=["order.created"])

        answer = post(client, merchant, f"/webhooks/{endpoint.id}/test")
        drain(rt)

    [request] = served.requests
    body = Webhook(endpoint.secret).verify(request["body"], request)
    assert answer.status_code == 202
    assert answer.json["id"] == request["X-Fanfare-Delivery-Id"]
    assert answer.json["eventType"] == body["type"] == "webhook.test"
    assert body["data"] == {"webhookId": endpoint.id, "name": "Mine"}


def test_a_delivery_tells_what_became_of_it(client, rt, merchant):
    with serve(plain(b"", 500)) as served:
        endpoint = make_endpoint(rt, merchant, f"http://127.0.0.1:{served.port}/hook")
        sent = post(client, merchant, f"/webhooks/{endpoint.id}/test").json
        drain(rt)

    [told] = get(client, merchant, f"/webhooks/{endpoint.id}/deliveries").json["data"]
    assert set(told) == {
        *("id", "webhookId", "eventId", "eventType", "status", "attempts", "nextAttemptAt"),
        *("deliveredAt", "lastStatus", "lastProblem", "createdAt", "body"),
    }
    assert (sent["status"], sent["attempts"], sent["deliveredAt"]) == ("pending", 0, None)
    assert (told["id"], told["webhookId"]) == (sent["id"], endpoint.id)
    assert (told["status"], told["attempts"], told["lastStatus"]) == ("pending", 1, 500)
    assert told["lastProblem"] == "The endpoint answered 500."
    assert told["nextAttemptAt"] > told["createdAt"]


def test_deliveries_come_newest_first_in_pages(client, rt, merchant):
    endpoint = make_endpoint(rt, merchant, NOWHERE)
    for number in range(5):
        happen(rt, merchant, data={"number": number})
    expected = [each.id for each in reversed(deliveries_of(rt, endpoint))]

    first = get(client, merchant, f"/webhooks/{endpoint.id}/deliveries?limit=3").json
    happen(rt, merchant)
    cursor = first["pageInfo"]["endCursor"]
    rest = get(client, merchant, f"/webhooks/{endpoint.id}/deliveries?cursor={cursor}").json

    assert [each["id"] for each in first["data"] + rest["data"]] == expected
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)


def test_a_cursor_of_another_endpoint_is_refused(client, rt, merchant):
    one, other = make_endpoint(rt, merchant, NOWHERE), make_endpoint(rt, merchant, NOWHERE)
    happen(rt, merchant)
    happen(rt, merchant)
    page = get(client, merchant, f"/webhooks/{one.id}/deliveries?limit=1").json

    cursor = page["pageInfo"]["endCursor"]
    answer = get(client, merchant, f"/webhooks/{other.id}/deliveries?cursor={cursor}")

    assert (answer.status_code, answer.json["code"]) == (400, "VALIDATION_FAILED")


def test_retry_attempts_again_at_once(client, rt, merchant):
    answers = iter([plain(b"", 500), plain(b"")])
    with serve(lambda handler: next(answers)(handler)) as served:  # noqa: PLW0108 - one a call
        endpoint = make_endpoint(rt, merchant, f"http://127.0.0.1:{served.port}/hook")
        sent = post(client, merchant, f"/webhooks/{endpoint.id}/test").json
        drain(rt)

        answer = post(client, merchant, f"/webhooks/deliveries/{sent['id']}/retry")
        drain(rt)

    [told] = get(client, merchant, f"/webhooks/{endpoint.id}/deliveries").json["data"]
    assert answer.status_code == 202
    assert (told["status"], told["attempts"], told["nextAttemptAt"]) == ("delivered", 2, None)
    assert [each["X-Fanfare-Retry-Count"] for each in served.requests] == ["0", "1"]
    assert len({each["webhook-id"] for each in served.requests}) == 1


def test_what_was_delivered_may_be_sent_again(client, rt, merchant):
    with serve(plain(b"")) as served:
        endpoint = make_endpoint(rt, merchant, f"http://127.0.0.1:{served.port}/hook")
        sent = post(client, merchant, f"/webhooks/{endpoint.id}/test").json
        drain(rt)

        post(client, merchant, f"/webhooks/deliveries/{sent['id']}/retry")
        drain(rt)

    assert [json.loads(each["body"])["id"] for each in served.requests] == [sent["eventId"]] * 2


def test_a_disabled_endpoint_is_neither_tested_nor_retried(client, rt, merchant):
    endpoint = make_endpoint(rt, merchant, NOWHERE)
    sent = post(client, merchant, f"/webhooks/{endpoint.id}/test").json
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql("UPDATE webhook_endpoint SET enabled = false")

    tested = post(client, merchant, f"/webhooks/{endpoint.id}/test")
    retried = post(client, merchant, f"/webhooks/deliveries/{sent['id']}/retry")

    assert (tested.status_code, tested.json["code"]) == (409, "WEBHOOK_DISABLED")
    assert (retried.status_code, retried.json["code"]) == (409, "WEBHOOK_DISABLED")


def test_a_delivery_under_way_is_not_sent_twice(client, rt, merchant):
    endpoint = make_endpoint(rt, merchant, NOWHERE)
    sent = post(client, merchant, f"/webhooks/{endpoint.id}/test").json
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql(
            "UPDATE delivery SET claimed_until = now() + interval '1 minute'"
        )

    answer = post(client, merchant, f"/webhooks/deliveries/{sent['id']}/retry")

    assert (answer.status_code, answer.json["code"]) == (409, "DELIVERY_IN_PROGRESS")


def test_a_repeated_key_sends_one_test(client, rt, merchant):
    endpoint = make_endpoint(rt, merchant, NOWHERE)

    first = post(client, merchant, f"/webhooks/{endpoint.id}/test", **{"X-Idempotency-Key": "k"})
    again = post(client, merchant, f"/webhooks/{endpoint.id}/test", **{"X-Idempotency-Key": "k"})

    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(deliveries_of(rt, endpoint)) == 1


@pytest.mark.parametrize("whose", ["another merchant", "test mode"])
def test_nobody_else_sees_or_touches_a_delivery(client, rt, merchant, whose):
    endpoint = make_endpoint(rt, merchant, NOWHERE)
    sent = post(client, merchant, f"/webhooks/{endpoint.id}/test").json
    other = make_merchant(rt, **({"mode": "test", "of": merchant} if whose == "test mode" else {}))

    tested = post(client, other, f"/webhooks/{endpoint.id}/test")
    listed = get(client, other, f"/webhooks/{endpoint.id}/deliveries")
    retried = post(client, other, f"/webhooks/deliveries/{sent['id']}/retry")

    assert (tested.status_code, tested.json["code"]) == (404, "WEBHOOK_NOT_FOUND")
    assert (listed.status_code, listed.json["code"]) == (404, "WEBHOOK_NOT_FOUND")
    assert (retried.status_code, retried.json["code"]) == (404, "DELIVERY_NOT_FOUND")


def test_the_scopes_are_those_of_webhooks(client, rt, merchant):
    endpoint = make_endpoint(rt, merchant, NOWHERE)
    reader = make_merchant(rt, scopes=("read:webhooks",), of=merchant)

    assert get(client, reader, f"/webhooks/{endpoint.id}/deliveries").status_code == 200
    assert post(client, reader, f"/webhooks/{endpoint.id}/test").status_code == 403
