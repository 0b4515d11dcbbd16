"""Denying and admitting by hand, as a merchant's server does it."""

import pytest

from integration.services import admitting
from tests.api.admitted import (
    Books,
    act,
    admission_of,
    admitted,
    any_admission,
    books,
    enter,
    status,
    waiting,
)
from tests.support.launches import make_launch


def test_denying_somebody_who_waits_takes_them_out_of_the_line(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    first, second = waiting(client, merchant, launch, 2)
    rt.mender.mend(launch.queue_id)

    denied = act(
        client, merchant, launch, "deny", consumerId=first.consumer_id, reason="BOT_DETECTED"
    )

    assert denied.status_code == 200
    assert (denied.json["status"], denied.json["denyReason"]) == ("DENIED", "BOT_DETECTED")
    assert status(client, launch, first)["status"] == "DENIED"
    assert status(client, launch, second)["position"] == 1
    assert enter(client, launch, first)["status"] == "DENIED"
    assert books(rt, launch) == Books(waiting=1, active=0, held=0, sold=0)


def test_denying_an_admission_gives_its_stock_back(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1)
    _, token = admitted(client, rt, merchant, launch)
    [other] = waiting(client, merchant, launch, 1)

    denied = any_admission(client, merchant, "deny", admissionToken=token, reason="Not today.")
    admitting.admit_due(rt, launch.queue_id)

    assert (denied.json["status"], denied.json["denyReason"]) == ("DENIED", "Not today.")
    assert status(client, launch, other)["status"] == "ADMITTED"
    assert books(rt, launch) == Books(waiting=0, active=1, held=1, sold=0)


def test_denying_twice_changes_nothing_and_a_completed_one_cannot_be_denied(client, rt, merchant):
    launch = make_launch(rt, merchant)
    denied, _ = admitted(client, rt, merchant, launch)
    buyer, token = admitted(client, rt, merchant, launch)
    first = act(client, merchant, launch, "deny", consumerId=denied.consumer_id, reason="No.")
    act(client, merchant, launch, "complete", consumerId=buyer.consumer_id)

    again = act(client, merchant, launch, "deny", consumerId=denied.consumer_id, reason="Other.")
    over = any_admission(client, merchant, "deny", admissionToken=token, reason="No.")
    too_long = act(
        client, merchant, launch, "deny", consumerId=denied.consumer_id, reason="x" * 201
    )

    assert again.json == first.json
    assert (over.status_code, over.json["code"]) == (409, "ENTRY_ENDED")
    assert too_long.status_code == 400


def test_a_merchant_admits_somebody_past_the_line_and_that_is_recorded(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    first, second = waiting(client, merchant, launch, 2)

    let_in = act(client, merchant, launch, "admit", consumerId=second.consumer_id)
    again = act(client, merchant, launch, "admit", consumerId=second.consumer_id)

    [said] = let_in.json["admitted"]
    assert said["status"] == "ADMITTED"
    assert said["admissionToken"] == status(client, launch, second)["admissionToken"]
    assert again.json["admitted"] == [said]
    assert admission_of(rt, second).in_turn is False
    assert status(client, launch, first)["position"] == 1
    assert books(rt, launch) == Books(waiting=1, active=1, held=1, sold=0)


def test_a_merchant_admits_the_next_few_in_turn(client, rt, merchant):
    launch = make_launch(rt, merchant, state="paused")
    guests = waiting(client, merchant, launch, 3)

    let_in = act(client, merchant, launch, "admit", count=2)

    admitted_ids = [said["consumerId"] for said in let_in.json["admitted"]]
    assert admitted_ids == [guest.consumer_id for guest in guests[:2]]
    assert all(said["admissionToken"] for said in let_in.json["admitted"])
    assert admission_of(rt, guests[0]).in_turn is True


def test_a_merchant_cannot_admit_beyond_the_stock(client, rt, merchant):
    launch = make_launch(rt, merchant, inventory_bound=True, stock=1, rules={"admissionRate": 0})
    _, second = waiting(client, merchant, launch, 2)

    some = act(client, merchant, launch, "admit", count=5)
    refused = act(client, merchant, launch, "admit", consumerId=second.consumer_id)

    assert len(some.json["admitted"]) == 1
    assert (refused.status_code, refused.json["code"]) == (409, "NO_STOCK")
    assert books(rt, launch) == Books(waiting=1, active=1, held=1, sold=0)


@pytest.mark.parametrize("body", [{}, {"count": 0}, {"count": 1001}, {"count": "2"}])
def test_a_malformed_admission_is_refused(client, rt, merchant, body):
    launch = make_launch(rt, merchant)

    assert act(client, merchant, launch, "admit", **body).status_code == 400


def test_somebody_who_left_cannot_be_admitted(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    [guest] = waiting(client, merchant, launch, 1)
    client.post(f"/api/v1/queues/{launch.queue_id}/leave", headers=guest.headers)

    refused = act(client, merchant, launch, "admit", consumerId=guest.consumer_id)

    assert (refused.status_code, refused.json["code"]) == (409, "NOT_WAITING")
