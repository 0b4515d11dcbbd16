"""The waitlist rows of contract.md, sections 1 to 3 and 5."""

import pytest

from tests.support.backoffice import draft, path_of, post, publish
from tests.support.envelopes import refused
from tests.support.launches import make_guest, make_launch, make_merchant

SHAPE = {
    "waitlistId",
    "consumerId",
    "experienceId",
    "sequenceId",
    "status",
    "enteredAt",
    "notifiedAt",
}
VERBS = ["enter", "leave", "status"]


def make_waitlist(rt, merchant, **given):
    """A published waitlist whose sequence offers nothing yet."""
    return make_launch(rt, merchant, kind="waitlist", **given).queue_id


def call(client, waitlist, headers, verb):
    method = "GET" if verb == "status" else "POST"
    return client.open(f"/api/v1/waitlists/{waitlist}/{verb}", method=method, headers=headers)


@pytest.mark.parametrize(
    ("verb", "status"), [("enter", "waitlisted"), ("leave", "left"), ("status", "waitlisted")]
)
def test_enter_leave_and_status(client, rt, merchant, verb, status):
    waitlist, guest = make_waitlist(rt, merchant), make_guest(client, merchant)
    first = call(client, waitlist, guest.headers, "enter")

    answer = call(client, waitlist, guest.headers, verb)

    assert first.status_code == 201
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json.keys() == SHAPE
    assert answer.json["status"] == status
    assert answer.json["waitlistId"] == waitlist


def test_joining_an_open_sequence_answers_notified(client, rt, merchant):
    experience = draft(client, merchant)
    sequence = path_of(client, merchant, experience)
    post(client, merchant, "/queues", sequenceId=sequence["id"])
    waitlist = post(client, merchant, "/waitlists", sequenceId=sequence["id"])
    publish(client, merchant, experience)

    answer = call(client, waitlist["id"], make_guest(client, merchant).headers, "enter")

    assert (answer.status_code, answer.json["status"]) == (201, "notified")
    assert answer.json["notifiedAt"] >= answer.json["enteredAt"]
    assert waitlist["id"].startswith("wl_")


@pytest.mark.parametrize("verb", ["leave", "status"])
def test_404_consumer_not_in_waitlist(client, rt, merchant, verb):
    waitlist = make_waitlist(rt, merchant)

    answer = call(client, waitlist, make_guest(client, merchant).headers, verb)

    assert refused(answer) == (404, "Consumer not in waitlist", "NOT_IN_WAITLIST")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("what", ["unknown", "another kind", "other", "test mode", "draft"])
def test_404_waitlist_not_found(client, rt, merchant, verb, what):
    waitlist = {
        "unknown": lambda: "wl_nothing",
        "another kind": lambda: make_launch(rt, merchant).queue_id,
        "other": lambda: make_waitlist(rt, make_merchant(rt)),
        "test mode": lambda: make_waitlist(rt, make_merchant(rt, "test", of=merchant)),
        "draft": lambda: make_waitlist(rt, merchant, state="draft"),
    }[what]()

    answer = call(client, waitlist, make_guest(client, merchant).headers, verb)

    assert refused(answer) == (404, "Waitlist not found", "WAITLIST_NOT_FOUND")


@pytest.mark.parametrize("verb", VERBS)
def test_400_consumer_id_is_required(client, rt, merchant, verb):
    answer = call(client, make_waitlist(rt, merchant), merchant.page, verb)

    assert refused(answer) == (400, "Consumer ID is required", "CONSUMER_REQUIRED")


@pytest.mark.parametrize("verb", VERBS)
def test_401_authentication_required(client, rt, merchant, verb):
    answer = call(client, make_waitlist(rt, merchant), {}, verb)

    assert refused(answer) == (401, "Authentication required", "AUTHENTICATION_REQUIRED")


def test_get_waitlist_consumers_of_a_sequence(client, rt, merchant):
    launch = make_launch(rt, merchant, kind="waitlist")
    guest = make_guest(client, merchant)
    call(client, launch.queue_id, guest.headers, "enter")

    answer = client.get(
        f"/admin/api/v1/sequences/{launch.sequence_id}/waitlist/consumers", headers=merchant.server
    )

    assert answer.status_code == 200
    assert answer.json.keys() == {"data", "pageInfo"}
    [only] = answer.json["data"]
    assert (only["consumerId"], only["status"]) == (guest.consumer_id, "waitlisted")
