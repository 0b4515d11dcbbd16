"""Waitlists, through the front door: told when it opens, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from integration.services import waitlists
from tests.api.admitted import events, subscribe
from tests.support.backoffice import draft, path_of, post, publish, queue_of
from tests.support.envelopes import refused
from tests.support.launches import make_guest


def set_up(client, merchant, opens=timedelta(hours=1)):
    """A sequence with a queue that opens later, and a waitlist for it."""
    experience = draft(client, merchant)
    sequence = path_of(client, merchant, experience)
    when = (datetime.now(UTC) + opens).isoformat()
    queue = queue_of(client, merchant, sequence, openAt=when)
    waitlist = post(client, merchant, "/waitlists", sequenceId=sequence["id"], name="Tell me")
    publish(client, merchant, experience)
    return queue, waitlist


def call(client, waitlist, guest, verb="enter"):
    path = f"/api/v1/waitlists/{waitlist['id']}/{verb}"
    return client.open(path, method="GET" if verb == "status" else "POST", headers=guest.headers)


def open_now(client, merchant, queue):
    post(client, merchant, f"/queues/{queue['id']}/open", 200)


def tell(rt):
    """What a clock does."""
    return sum(waitlists.tell_due(rt, each) for each in waitlists.due(rt))


def test_joining_is_a_promise_to_tell_and_nothing_else(client, rt, merchant):
    _, waitlist = set_up(client, merchant)
    guest = make_guest(client, merchant)

    joined = call(client, waitlist, guest)

    assert joined.status_code == 201
    said = dict(joined.json)
    assert said.pop("enteredAt").endswith("Z")
    assert said == {
        "waitlistId": waitlist["id"],
        "consumerId": guest.consumer_id,
        "experienceId": waitlist["experienceId"],
        "sequenceId": waitlist["sequenceId"],
        "status": "waitlisted",
        "notifiedAt": None,
    }


def test_joining_again_changes_nothing(client, rt, merchant):
    _, waitlist = set_up(client, merchant)
    guest = make_guest(client, merchant)
    first = call(client, waitlist, guest)

    again = call(client, waitlist, guest)
    status = call(client, waitlist, guest, "status")

    assert (again.status_code, again.json) == (200, first.json)
    assert (status.status_code, status.json) == (200, first.json)


def test_whoever_leaves_is_not_told_and_may_join_again(client, rt, merchant):
    queue, waitlist = set_up(client, merchant)
    guest = make_guest(client, merchant)
    call(client, waitlist, guest)

    left = call(client, waitlist, guest, "leave")
    twice = call(client, waitlist, guest, "leave")
    open_now(client, merchant, queue)

    assert (left.status_code, left.json["status"]) == (200, "left")
    assert twice.json == left.json
    assert tell(rt) == 0
    again = call(client, waitlist, guest)
    assert (again.status_code, again.json["status"]) == (201, "notified")


def test_everybody_is_told_once_when_the_sequence_opens(client, rt, merchant):
    subscribe(rt, merchant, ["waitlist.consumer.notified"])
    queue, waitlist = set_up(client, merchant)
    guests = [make_guest(client, merchant) for _ in range(3)]
    for guest in guests:
        call(client, waitlist, guest)
    early = tell(rt)
    open_now(client, merchant, queue)

    told = [tell(rt), tell(rt)]

    assert (early, told) == (0, [3, 0])
    status = call(client, waitlist, guests[0], "status").json
    assert status["status"] == "notified"
    assert status["notifiedAt"] >= status["enteredAt"]
    heard = [data for _, _, data in events(rt)]
    assert {each["consumerId"] for each in heard} == {each.consumer_id for each in guests}
    assert len(heard) == 3
    assert {each["status"] for each in heard} == {"notified"}


def test_joining_what_is_open_tells_at_once(client, rt, merchant):
    subscribe(rt, merchant)
    queue, waitlist = set_up(client, merchant)
    open_now(client, merchant, queue)

    joined = call(client, waitlist, make_guest(client, merchant))

    assert (joined.status_code, joined.json["status"]) == (201, "notified")
    assert joined.json["notifiedAt"]
    told = [(name, sequence) for name, sequence, _ in events(rt) if name.startswith("waitlist")]
    assert set(told) == {("waitlist.consumer.entered", 1), ("waitlist.consumer.notified", 2)}
    assert tell(rt) == 0


def test_a_paused_queue_is_not_open(client, rt, merchant):
    queue, waitlist = set_up(client, merchant)
    call(client, waitlist, make_guest(client, merchant))
    open_now(client, merchant, queue)
    post(client, merchant, f"/queues/{queue['id']}/pause", 200)

    assert tell(rt) == 0


@pytest.mark.parametrize("email", ["ada@example.com", None])
def test_whose_address_is_known_gets_a_message(client, rt, merchant, email):
    queue, waitlist = set_up(client, merchant)
    guest = make_guest(client, merchant)
    with rt.transaction() as tx:
        statement = text("UPDATE consumer SET email = :email WHERE id = :id")
        tx.session.execute(statement, {"email": email, "id": guest.consumer_id})
    call(client, waitlist, guest)
    open_now(client, merchant, queue)

    tell(rt)

    outbox = client.get("/admin/api/v1/outbox", headers=merchant.server).json["data"]
    assert [each["recipient"] for each in outbox] == ([email] if email else [])
    assert all("Launch is open" in each["subject"] for each in outbox)


def test_an_ended_waitlist_takes_nobody(client, rt, merchant):
    _, waitlist = set_up(client, merchant)
    post(client, merchant, f"/waitlists/{waitlist['id']}/end", 200)

    answer = call(client, waitlist, make_guest(client, merchant))

    assert refused(answer) == (400, "Waitlist is closed", "CLOSED")


def test_the_merchant_sees_who_is_on_it(client, rt, merchant):
    _, waitlist = set_up(client, merchant)
    first, second = (make_guest(client, merchant) for _ in range(2))
    call(client, waitlist, first)
    call(client, waitlist, second)
    call(client, waitlist, second, "leave")

    path = f"/admin/api/v1/sequences/{waitlist['sequenceId']}/waitlist/consumers"
    answer = client.get(path, headers=merchant.server)
    page = client.get(path, headers=merchant.server, query_string={"limit": 1})

    assert answer.status_code == 200
    assert [(each["consumerId"], each["status"]) for each in answer.json["data"]] == [
        (first.consumer_id, "waitlisted"),
        (second.consumer_id, "left"),
    ]
    assert page.json["pageInfo"]["hasNextPage"] is True
    unknown = path.replace(waitlist["sequenceId"], "seq_none")
    nothing = client.get(unknown, headers=merchant.server)
    assert (nothing.status_code, nothing.json["code"]) == (404, "SEQUENCE_NOT_FOUND")


def test_a_sequence_has_one_waitlist(client, rt, merchant):
    _, waitlist = set_up(client, merchant)
    body = {"sequenceId": waitlist["sequenceId"], "name": "Another"}

    answer = client.post("/admin/api/v1/waitlists", json=body, headers=merchant.server)

    assert (answer.status_code, answer.json["code"]) == (409, "WAITLIST_EXISTS")


def test_a_waitlist_takes_a_sequence_and_a_name_only(client, rt, merchant):
    sequence = path_of(client, merchant, draft(client, merchant))
    body = {"sequenceId": sequence["id"], "stock": 5}

    answer = client.post("/admin/api/v1/waitlists", json=body, headers=merchant.server)

    assert (answer.status_code, answer.json["code"]) == (400, "VALIDATION_FAILED")
    assert answer.json["details"][0]["field"] == "stock"


def test_a_waitlist_does_not_make_an_experience_active(client, rt, merchant):
    _, waitlist = set_up(client, merchant)

    shown = client.get(
        f"/admin/api/v1/experiences/{waitlist['experienceId']}", headers=merchant.server
    )

    assert shown.json["status"] == "scheduled"
