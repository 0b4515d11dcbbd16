"""Releases, bookings and waitlists in journeys: behind gates, left together, carried over."""

import pytest

from tests.api.admitted import books
from tests.support.backoffice import draft, path_of, post, publish
from tests.support.envelopes import refused
from tests.support.journeys import route
from tests.support.launches import Launch, make_guest, make_launch
from tests.support.people import prove
from tests.support.slots import ALWAYS, book, call, free, make_appointment, slots

OWN = {
    "timed-releases": {},
    "appointments": {"slotDurationMinutes": 30, "weeklyHours": ALWAYS},
    "waitlists": {},
}


def gated(client, merchant, kind):
    """A distribution of this kind in a sequence that asks for a code."""
    experience = draft(client, merchant)
    sequence = path_of(client, merchant, experience, accessCode="open sesame")
    made = post(client, merchant, f"/{kind}", sequenceId=sequence["id"], **OWN[kind])
    publish(client, merchant, experience)
    return experience, made


def come(client, merchant, kind, made, guest):
    if kind == "appointments":
        launch = Launch(made["id"], made["sequenceId"], made["experienceId"], "")
        [slot_id] = free(client, merchant, launch)
        return book(client, launch, guest, slot_id)
    return client.post(f"/api/v1/{kind}/{made['id']}/enter", headers=guest.headers)


@pytest.mark.parametrize("kind", OWN)
def test_403_not_routed(client, rt, merchant, kind):
    experience, made = gated(client, merchant, kind)
    guest = make_guest(client, merchant)

    before = come(client, merchant, kind, made, guest)
    routed = route(client, experience, guest.headers, accessCode="open sesame")
    after = come(client, merchant, kind, made, guest)

    assert refused(before) == (403, "Permission denied", "NOT_ROUTED")
    assert routed.json["outcome"] == "routed"
    assert after.status_code == 201


def test_leaving_the_experience_frees_the_slot(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    book(client, launch, guest, slot_id)
    path = f"/api/v1/experiences/{launch.experience_id}"
    client.post(f"{path}/enter", headers=guest.headers)

    left = client.delete(f"{path}/leave", headers=guest.headers)

    assert left.status_code == 204
    assert call(client, launch, guest, "status").json["status"] == "LEFT"
    assert slot_id in free(client, merchant, launch)
    assert books(rt, launch).waiting == 0


def test_a_booking_goes_with_the_guest_who_signs_in(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    booked = book(client, launch, guest, slot_id).json

    known = prove(client, merchant, guest, email="ada@example.com")

    said = call(client, launch, known, "status").json
    assert (said["bookingId"], said["slotId"]) == (booked["bookingId"], slot_id)
    assert (said["status"], said["consumerId"]) == ("QUEUED", known.consumer_id)


def test_of_two_bookings_of_one_person_one_stays(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    known = prove(client, merchant, email="ada@example.com")
    guest, chosen = make_guest(client, merchant), free(client, merchant, launch, 2)
    for who, slot_id in zip([known, guest], chosen, strict=True):
        book(client, launch, who, slot_id)

    again = prove(client, merchant, guest, email="ada@example.com")

    assert call(client, launch, again, "status").json["slotId"] == chosen[0]
    assert books(rt, launch).waiting == 1
    left = {each["id"]: each["available"] for each in slots(client, merchant, launch)}
    assert [left[each] for each in chosen] == [0, 1]


def test_a_consumer_is_shown_all_of_it(client, rt, merchant):
    release = make_launch(rt, merchant, kind="timed_release")
    appointment = make_appointment(rt, merchant)
    waitlist = make_launch(rt, merchant, kind="waitlist")
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, appointment)
    for path in (f"timed-releases/{release.queue_id}", f"waitlists/{waitlist.queue_id}"):
        assert client.post(f"/api/v1/{path}/enter", headers=guest.headers).status_code == 201
    book(client, appointment, guest, slot_id)

    active = client.get("/api/v1/consumers/me", headers=guest.headers).json["active"]

    assert list(active["timedReleases"]) == [release.queue_id]
    assert list(active["appointments"]) == [appointment.queue_id]
    kinds = {each["participation"]["type"] for each in active["journeys"]}
    assert kinds == {"timed_release", "appointment", "waitlist"}


def test_the_merchant_admits_a_booking_by_hand_and_it_completes(client, rt, merchant):
    launch = make_appointment(rt, merchant, inventory_bound=True, stock=1)
    first, second = (make_guest(client, merchant) for _ in range(2))
    chosen = free(client, merchant, launch, 2)
    book(client, launch, first, chosen[0])
    promised = book(client, launch, second, chosen[1])

    listed = client.get(
        f"/admin/api/v1/appointments/{launch.queue_id}/participations", headers=merchant.server
    ).json["data"]
    path = f"/admin/api/v1/participations/{listed[0]['id']}/admit"
    admitted = client.post(path, headers=merchant.server)
    token = call(client, launch, first, "status").json["admissionToken"]
    completed = client.post(
        f"/api/v1/appointments/{launch.queue_id}/complete",
        json={"admissionToken": token, "orderId": "A1"},
        headers=merchant.server,
    )

    assert (promised.status_code, promised.json["code"]) == (429, "FULL")
    assert admitted.status_code == 200, admitted.text
    assert (completed.status_code, completed.json["status"]) == (200, "COMPLETED")
    assert books(rt, launch).sold == 1
    cancel = call(client, launch, first, "cancel")
    assert (cancel.status_code, cancel.json["code"]) == (409, "BOOKING_FIXED")


def test_hours_that_change_leave_bookings_as_they_are(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    before = book(client, launch, guest, slot_id).json
    path = f"/admin/api/v1/appointments/{launch.queue_id}"

    changed = client.patch(path, json={"weeklyHours": []}, headers=merchant.server)

    assert changed.status_code == 200
    assert changed.json["slotDurationMinutes"] == 30
    assert slots(client, merchant, launch) == []
    assert call(client, launch, guest, "status").json == before
    again = book(client, launch, guest, slot_id)
    assert (again.status_code, again.json) == (200, before)
