"""Finding and handling single entries by the Admin API (contract.md, section 5)."""

import pytest

from integration.services import admitting
from tests.support.backoffice import ADMIN, draft, path_of, post, publish, running_queue
from tests.support.launches import make_guest, make_merchant
from tests.support.people import prove


@pytest.fixture
def queue(client, merchant):
    return running_queue(client, merchant, maxActiveAdmissions=1, extendable=True)


def enter(client, queue, guest):
    answer = client.post(f"/api/v1/queues/{queue['id']}/enter", headers=guest.headers)
    assert answer.status_code == 201, answer.text
    return guest


def found(client, merchant, path, **query):
    answer = client.get(
        f"{ADMIN}{path}/participations", query_string=query, headers=merchant.server
    )
    assert answer.status_code == 200, answer.text
    return [each["consumerId"] for each in answer.json["data"]]


def entries(client, merchant, queue, **query):
    return found(client, merchant, f"/queues/{queue['id']}", **query)


def test_an_entry_is_found_by_whatever_its_merchant_knows_of_the_person(client, merchant, queue):
    known = prove(client, merchant, email="Jane@Example.com")
    for guest in (make_guest(client, merchant), known, make_guest(client, merchant)):
        enter(client, queue, guest)
    address = f"/api/consumers/{known.consumer_id}"
    client.patch(address, json={"externalId": "crm-7"}, headers=merchant.server)

    for query in (
        {"consumerId": known.consumer_id},
        {"email": "jane@example.COM"},
        {"externalId": "crm-7"},
        {"number": 2},
        {"email": "jane@example.com", "externalId": "crm-7", "status": "QUEUED", "number": 2},
    ):
        assert entries(client, merchant, queue, **query) == [known.consumer_id]
    for query in ({"email": "john@example.com"}, {"externalId": "7"}, {"status": "LEFT"}):
        assert entries(client, merchant, queue, **query) == []
    assert entries(client, merchant, queue, email="jane@example.com", number=1) == []


def test_somebody_is_found_by_the_id_that_they_came_with(client, merchant, queue):
    guest = enter(client, queue, make_guest(client, merchant))
    known = prove(client, merchant, guest, email="jane@example.com")

    assert entries(client, merchant, queue, consumerId=guest.consumer_id) == [known.consumer_id]


def test_a_persons_names_lead_to_nobody_elses_entries(client, merchant, rt, queue):
    other = make_merchant(rt)
    stranger = prove(client, other, email="jane@example.com")
    enter(client, queue, make_guest(client, merchant))

    assert entries(client, merchant, queue, email="jane@example.com") == []
    assert entries(client, merchant, queue, consumerId=stranger.consumer_id) == []


def test_who_is_on_a_waitlist_is_found_too(client, merchant):
    experience = draft(client, merchant)
    path = path_of(client, merchant, experience)
    waitlist = post(client, merchant, "/waitlists", sequenceId=path["id"])
    publish(client, merchant, experience)
    known, guest = prove(client, merchant, email="jane@example.com"), make_guest(client, merchant)
    for each in (known, guest):
        client.post(f"/api/v1/waitlists/{waitlist['id']}/enter", headers=each.headers)
    client.post(f"/api/v1/waitlists/{waitlist['id']}/leave", headers=guest.headers)
    here = f"/waitlists/{waitlist['id']}"

    assert found(client, merchant, here) == [known.consumer_id, guest.consumer_id]
    assert found(client, merchant, here, email="jane@example.com") == [known.consumer_id]
    assert found(client, merchant, here, status="left") == [guest.consumer_id]
    address = f"{ADMIN}{here}/participations"
    refused = client.get(f"{address}?status=QUEUED", headers=merchant.server)
    assert refused.status_code == 400


def test_an_entry_is_admitted_extended_and_denied_by_hand(client, merchant, rt, queue):
    first, second = (enter(client, queue, make_guest(client, merchant)) for _ in range(2))
    admitting.admit_due(rt, queue["id"])
    address = f"{ADMIN}/queues/{queue['id']}/participations"
    one, two = client.get(address, headers=merchant.server).json["data"]

    admitted = post(client, merchant, f"/participations/{two['id']}/admit", 200)
    extended = post(client, merchant, f"/participations/{two['id']}/extend", 200, seconds=60)
    denied = post(client, merchant, f"/participations/{one['id']}/deny", 200, reason="BOT_DETECTED")

    assert (admitted["consumerId"], admitted["status"]) == (second.consumer_id, "ADMITTED")
    assert extended["expiresAt"] > admitted["expiresAt"]
    assert (denied["consumerId"], denied["status"]) == (first.consumer_id, "DENIED")
    again = post(client, merchant, f"/participations/{two['id']}/extend", 409, seconds=60)
    assert again["error"] == "Conflict"


@pytest.mark.parametrize(
    ("verb", "body"),
    [("deny", {}), ("deny", {"reason": ""}), ("extend", {})],
)
def test_a_call_about_an_entry_that_makes_no_sense_is_refused(client, merchant, queue, verb, body):
    enter(client, queue, make_guest(client, merchant))
    address = f"{ADMIN}/queues/{queue['id']}/participations"
    [entry] = client.get(address, headers=merchant.server).json["data"]

    post(client, merchant, f"/participations/{entry['id']}/{verb}", 400, **body)
