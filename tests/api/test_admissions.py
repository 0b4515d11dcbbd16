"""Completing, denying and admitting, as a merchant's server does it."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from integration.kernel.ids import new_id
from integration.services import admitting
from integration.store.valkey import open_valkey
from tests.api.admitted import (
    Books,
    act,
    admission_of,
    admitted,
    any_admission,
    books,
    enter,
    events,
    run_out,
    status,
    subscribe,
    waiting,
)
from tests.support.launches import make_guest, make_launch, make_merchant
from tests.support.waiting import once_served

RACERS = 300
THREADS = 32


def order(client, merchant, external_id):
    query = {"externalOrderId": external_id}
    return client.get("/api/orders", headers=merchant.server, query_string=query).json["data"]


def test_completing_by_consumer_ends_the_admission_and_counts_the_stock(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=5, units_per_admission=2)
    guest, _ = admitted(client, rt, merchant, launch)

    done = act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    assert done.status_code == 200
    assert done.json["status"] == "COMPLETED"
    assert done.json["completedAt"]
    assert done.json["admissionToken"] is None
    assert status(client, launch, guest)["status"] == "COMPLETED"
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=2)


def test_completing_by_token_and_by_id_is_the_same(client, rt, merchant):
    launch = make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)
    other, _ = admitted(client, rt, merchant, launch)

    by_token = act(client, merchant, launch, "complete", admissionToken=token)
    admission = admission_of(rt, other).id
    by_id = any_admission(client, merchant, "complete", admissionId=admission)

    assert by_token.json["status"] == by_id.json["status"] == "COMPLETED"


def test_an_admission_completes_once(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    again = act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    assert again.status_code == 409
    assert again.json["error"] == "Conflict"
    assert again.json["code"] == "ADMISSION_ALREADY_COMPLETED"


def test_the_same_order_may_complete_it_again_and_another_may_not(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    body = {"consumerId": guest.consumer_id, "orderId": "A-1", "orderAmount": "199.99"}
    first = act(client, merchant, launch, "complete", **body)

    same = act(client, merchant, launch, "complete", **body)
    other = act(client, merchant, launch, "complete", **body | {"orderId": "A-2"})

    assert (first.status_code, same.status_code) == (200, 200)
    assert same.json == first.json
    assert (other.status_code, other.json["code"]) == (409, "ADMISSION_ALREADY_COMPLETED")
    [kept] = order(client, merchant, "A-1")
    assert kept["totalAmount"] == 199.99
    assert (kept["completion"], kept["late"], kept["status"]) == ("completed", False, "paid")


def test_an_order_given_later_is_attached_to_a_completed_admission(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    named = act(client, merchant, launch, "complete", consumerId=guest.consumer_id, orderId="A-1")

    assert named.status_code == 200
    assert order(client, merchant, "A-1")[0]["completion"] == "completed"
    assert books(rt, launch).sold == 1


def test_an_order_completes_one_admission(client, rt, merchant):
    launch = make_launch(rt, merchant)
    first, _ = admitted(client, rt, merchant, launch)
    second, _ = admitted(client, rt, merchant, launch)
    act(client, merchant, launch, "complete", consumerId=first.consumer_id, orderId="A-1")

    taken = act(client, merchant, launch, "complete", consumerId=second.consumer_id, orderId="A-1")

    assert (taken.status_code, taken.json["code"]) == (409, "ORDER_TAKEN")
    assert status(client, launch, second)["status"] == "ADMITTED"
    assert books(rt, launch) == Books(waiting=0, active=1, held=1, sold=1)


def test_of_300_racing_completions_exactly_one_wins(app, client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    start = threading.Barrier(THREADS)

    def complete(number):
        if number < THREADS:
            start.wait()
        body = {"admissionToken": token} if number % 2 else {"consumerId": guest.consumer_id}
        with app.test_client() as mine:
            answer = once_served(
                lambda: act(mine, merchant, launch, "complete", **body, orderId=f"A-{number}")
            )
        return answer.status_code, answer.json.get("code")

    with ThreadPoolExecutor(THREADS) as pool:
        answers = Counter(pool.map(complete, range(RACERS)))

    assert answers == {(200, None): 1, (409, "ADMISSION_ALREADY_COMPLETED"): RACERS - 1}
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=1)


def test_a_late_completion_counts_while_stock_allows(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    guest, token = admitted(client, rt, merchant, launch)
    run_out(rt, launch)
    admitting.expire_due(rt)

    done = act(client, merchant, launch, "complete", admissionToken=token, orderId="A-1")

    assert done.status_code == 200
    assert done.json["status"] == "COMPLETED"
    assert done.json["denyReason"] is None
    assert order(client, merchant, "A-1")[0]["late"] is True
    assert status(client, launch, guest)["status"] == "COMPLETED"
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=1)


def test_a_completion_between_the_end_and_the_clock_is_late_too(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    _, token = admitted(client, rt, merchant, launch)
    run_out(rt, launch)

    act(client, merchant, launch, "complete", admissionToken=token, orderId="A-1")

    assert order(client, merchant, "A-1")[0]["late"] is True
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=1)


def test_a_late_completion_is_refused_once_the_stock_has_gone_to_the_next(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    _, token = admitted(client, rt, merchant, launch)
    waiting(client, merchant, launch, 1)
    run_out(rt, launch)
    admitting.expire_due(rt)
    admitting.admit_due(rt, launch.queue_id)

    refused = act(client, merchant, launch, "complete", admissionToken=token)

    assert (refused.status_code, refused.json["code"]) == (409, "NOT_ADMITTED")
    assert books(rt, launch) == Books(waiting=0, active=1, held=1, sold=0)


def test_whoever_entered_again_keeps_that_entry_beside_a_late_completion(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    run_out(rt, launch)
    admitting.expire_due(rt)
    enter(client, launch, guest)

    done = act(client, merchant, launch, "complete", admissionToken=token)

    assert done.json["status"] == "COMPLETED"
    assert status(client, launch, guest)["status"] == "QUEUED"
    assert books(rt, launch) == Books(waiting=1, active=0, held=0, sold=1)


def test_whoever_only_waits_has_nothing_to_complete(client, rt, merchant):
    launch = make_launch(rt, merchant)
    [guest] = waiting(client, merchant, launch, 1)

    refused = act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    assert (refused.status_code, refused.json["code"]) == (409, "NOT_ADMITTED")


@pytest.mark.parametrize("verb", ["complete", "deny", "admit"])
def test_somebody_who_never_entered_is_not_in_the_queue(client, rt, merchant, verb):
    launch = make_launch(rt, merchant)
    guest = make_guest(client, merchant)
    body = {"reason": "No."} if verb == "deny" else {}

    absent = act(client, merchant, launch, verb, consumerId=guest.consumer_id, **body)
    nobody = act(client, merchant, launch, verb, consumerId=new_id("cons"), **body)

    assert (absent.status_code, absent.json["error"]) == (404, "Consumer not in queue")
    assert absent.json["code"] == "NOT_IN_QUEUE"
    assert (nobody.status_code, nobody.json["error"]) == (404, "Consumer not found")


def test_what_names_no_admission_is_not_found(client, rt, merchant):
    launch, elsewhere = make_launch(rt, merchant), make_launch(rt, merchant)
    _, token = admitted(client, rt, merchant, launch)
    asked = [
        act(client, merchant, launch, "complete", admissionToken=token[:-4] + "AAAA"),
        act(client, merchant, elsewhere, "complete", admissionToken=token),
        any_admission(client, merchant, "complete", admissionId="adm_nothing"),
    ]

    assert [each.status_code for each in asked] == [404] * 3
    assert {each.json["code"] for each in asked} == {"ADMISSION_NOT_FOUND"}


def test_another_organizations_and_the_test_modes_admissions_are_not_found(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    strangers = [make_merchant(rt), make_merchant(rt, mode="test", of=merchant)]

    for stranger in strangers:
        by_queue = act(client, stranger, launch, "complete", consumerId=guest.consumer_id)
        by_token = any_admission(client, stranger, "complete", admissionToken=token)
        shown = any_admission(client, stranger, "validate", admissionToken=token)
        assert (by_queue.status_code, by_queue.json["error"]) == (404, "Queue not found")
        assert (by_token.status_code, by_token.json["error"]) == (404, "Admission not found")
        assert shown.json["reason"] in {"BAD_SIGNATURE", "UNKNOWN"}
    assert status(client, launch, guest)["status"] == "ADMITTED"


def test_the_secret_rows_want_a_secret_key_with_the_scope(client, rt, merchant):
    launch = make_launch(rt, merchant)
    reader = make_merchant(rt, scopes=("read:admissions",), of=merchant)
    path = f"/api/v1/queues/{launch.queue_id}/complete"

    bare = client.post(path, json={"consumerId": "cons_x"})
    page = client.post(path, headers=merchant.page, json={"consumerId": "cons_x"})
    scoped = client.post(path, headers=reader.server, json={"consumerId": "cons_x"})

    assert [bare.status_code, page.status_code, scoped.status_code] == [401, 401, 403]
    assert bare.json["code"] == page.json["code"] == "SECRET_KEY_REQUIRED"
    assert scoped.json["code"] == "PERMISSION_DENIED"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"consumerId": "cons_x", "admissionToken": "x"},
        {"consumerId": 7},
        {"consumerId": "cons_x", "orderAmount": "-1"},
        {"consumerId": "cons_x", "orderId": ""},
        {"consumerId": "cons_x", "unknown": True},
    ],
)
def test_a_malformed_completion_is_refused(client, rt, merchant, body):
    launch = make_launch(rt, merchant)

    refused = act(client, merchant, launch, "complete", **body)

    assert (refused.status_code, refused.json["code"]) == (400, "VALIDATION_FAILED")
    assert refused.json["details"]


def test_more_decimals_than_the_currency_has_are_refused(client, rt, merchant):
    launch = make_launch(rt, merchant, experience={"currency_code": "JPY"})
    guest, _ = admitted(client, rt, merchant, launch)
    body = {"consumerId": guest.consumer_id, "orderId": "A-1", "orderAmount": "10.5"}

    refused = act(client, merchant, launch, "complete", **body)

    assert refused.status_code == 400
    assert refused.json["details"][0]["field"] == "orderAmount"
    assert status(client, launch, guest)["status"] == "ADMITTED"


def test_a_keyed_completion_is_answered_once(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    path = f"/api/v1/queues/{launch.queue_id}/complete"
    headers = merchant.server | {"X-Idempotency-Key": "complete-1"}
    body = {"consumerId": guest.consumer_id}

    first = client.post(path, headers=headers, json=body)
    again = client.post(path, headers=headers, json=body)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.get_data() == first.get_data()
    assert again.headers["Idempotency-Replayed"] == "true"


def test_leaving_gives_a_live_admission_back(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    guest, token = admitted(client, rt, merchant, launch)

    left = client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guest.headers)

    assert left.json["status"] == "LEFT"
    shown = any_admission(client, merchant, "validate", admissionToken=token)
    assert shown.json["reason"] == "LEFT"
    assert books(rt, launch) == Books(waiting=0, active=0, held=0, sold=0)


def test_completing_tells_whoever_subscribes(client, rt, merchant):
    launch = make_launch(rt, merchant)
    guest, _ = admitted(client, rt, merchant, launch)
    subscribe(rt, merchant)

    act(client, merchant, launch, "complete", consumerId=guest.consumer_id, orderId="A-1")

    told = {name: data for name, _, data in events(rt)}
    assert set(told) == {"queue.consumer.completed", "order.created", "order.completed"}
    assert told["queue.consumer.completed"]["status"] == "COMPLETED"
    assert told["order.completed"]["externalOrderId"] == "A-1"


def test_completing_works_without_valkey(client, rt, merchant, monkeypatch):
    launch = make_launch(rt, merchant)
    guest, token = admitted(client, rt, merchant, launch)
    monkeypatch.setattr(rt.valkey, "client", open_valkey("redis://127.0.0.1:1").client)

    shown = any_admission(client, merchant, "validate", admissionToken=token)
    done = act(client, merchant, launch, "complete", consumerId=guest.consumer_id)

    assert shown.json["valid"] is True
    assert done.status_code == 200
