"""Appointments, through the front door: a slot of one's own."""

import re

from integration.services import admitting, appointments
from tests.api.admitted import books, events, run_out, subscribe
from tests.support.launches import make_guest
from tests.support.slots import book, call, free, make_appointment, slots


def available(client, merchant, launch, slot_id):
    [found] = [each for each in slots(client, merchant, launch) if each["id"] == slot_id]
    return found["available"]


def test_booking_takes_a_place_in_the_slot(client, rt, merchant):
    launch = make_appointment(rt, merchant, maxCapacityPerSlot=2)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)

    booked = book(client, launch, guest, slot_id)

    assert booked.status_code == 201
    said = booked.json
    assert (said["status"], said["position"], said["number"]) == ("QUEUED", None, 1)
    assert said["appointmentId"] == launch.queue_id
    assert said["slotId"] == slot_id
    assert said["bookingId"].startswith("bkg_")
    assert re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}", said["confirmationCode"])
    [slot] = [each for each in slots(client, merchant, launch) if each["id"] == slot_id]
    assert (slot["startTime"], slot["endTime"]) == (said["startTime"], said["endTime"])
    assert (slot["capacity"], slot["available"]) == (2, 1)
    assert books(rt, launch).waiting == 1


def test_the_same_slot_again_is_the_same_booking(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    first = book(client, launch, guest, slot_id)

    again = book(client, launch, guest, slot_id)
    status = call(client, launch, guest, "status")

    assert (again.status_code, again.json) == (200, first.json)
    assert (status.status_code, status.json) == (200, first.json)


def test_a_second_slot_is_refused(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [first, second] = make_guest(client, merchant), free(client, merchant, launch, 2)
    book(client, launch, guest, first)

    refused = book(client, launch, guest, second)

    assert (refused.status_code, refused.json["error"], refused.json["code"]) == (
        409,
        "Conflict",
        "ALREADY_BOOKED",
    )
    assert available(client, merchant, launch, second) == 1


def test_a_slot_that_is_taken_is_refused_until_it_is_given_back(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    first, second = (make_guest(client, merchant) for _ in range(2))
    [slot_id] = free(client, merchant, launch)
    book(client, launch, first, slot_id)

    taken = book(client, launch, second, slot_id)
    cancelled = call(client, launch, first, "cancel")
    again = book(client, launch, second, slot_id)

    assert (taken.status_code, taken.json["code"]) == (409, "SLOT_TAKEN")
    assert (cancelled.status_code, cancelled.json["status"]) == (200, "LEFT")
    assert again.status_code == 201
    books(rt, launch)


def test_cancelling_twice_changes_nothing_and_one_may_book_anew(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    first = book(client, launch, guest, slot_id).json

    once = call(client, launch, guest, "cancel")
    twice = call(client, launch, guest, "cancel")
    anew = book(client, launch, guest, slot_id)

    assert (once.status_code, twice.status_code) == (200, 200)
    assert once.json == twice.json
    assert anew.status_code == 201
    assert anew.json["bookingId"] != first["bookingId"]
    assert anew.json["number"] == 2


def test_rescheduling_moves_the_place_and_keeps_the_code(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [old, new] = make_guest(client, merchant), free(client, merchant, launch, 2)
    before = book(client, launch, guest, old).json

    moved = call(client, launch, guest, "reschedule", newSlotId=new)
    again = call(client, launch, guest, "reschedule", newSlotId=new)

    assert moved.status_code == 200
    assert moved.json["slotId"] == new
    assert moved.json["bookingId"] == before["bookingId"]
    assert moved.json["confirmationCode"] == before["confirmationCode"]
    assert moved.json["number"] == before["number"]
    assert (again.status_code, again.json) == (200, moved.json)
    assert available(client, merchant, launch, old) == 1
    assert available(client, merchant, launch, new) == 0


def test_rescheduling_into_a_taken_slot_keeps_the_old_one(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    first, second = (make_guest(client, merchant) for _ in range(2))
    old, new = free(client, merchant, launch, 2)
    before = book(client, launch, first, old).json
    book(client, launch, second, new)

    refused = call(client, launch, first, "reschedule", newSlotId=new)

    assert (refused.status_code, refused.json["code"]) == (409, "SLOT_TAKEN")
    assert call(client, launch, first, "status").json == before


def test_a_slot_that_there_is_not(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    other = make_appointment(rt, merchant)

    unknown = [book(client, other, guest, slot_id), book(client, other, guest, "slot_nothing")]

    assert {(each.status_code, each.json["code"]) for each in unknown} == {(404, "SLOT_NOT_FOUND")}


def test_a_denied_booking_frees_its_slot(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    book(client, launch, guest, slot_id)

    client.post(
        f"/api/v1/appointments/{launch.queue_id}/deny",
        json={"consumerId": guest.consumer_id, "reason": "BOT_DETECTED"},
        headers=merchant.server,
    )

    assert available(client, merchant, launch, slot_id) == 1
    again = book(client, launch, guest, slot_id)
    assert (again.status_code, again.json["status"]) == (200, "DENIED")
    cancel = call(client, launch, guest, "cancel")
    assert (cancel.status_code, cancel.json["code"]) == (409, "BOOKING_FIXED")


def begin(rt, launch):
    """Let every booked slot have begun."""
    move(rt, launch, "now() - interval '1 second'", "now() + interval '29 minutes'")


def move(rt, launch, starts_at, ends_at):
    statement = f"UPDATE booking SET starts_at = {starts_at}, ends_at = {ends_at}"
    with rt.transaction() as tx:
        tx.session.connection().exec_driver_sql(statement)


def test_whoever_has_booked_is_admitted_when_the_slot_begins(client, rt, merchant):
    launch = make_appointment(rt, merchant, admitAtStart=True)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    book(client, launch, guest, slot_id)
    early = appointments.due(rt)
    begin(rt, launch)

    due = appointments.due(rt)
    admitted = [appointments.admit_due(rt, launch.queue_id) for _ in range(2)]

    assert (early, due, admitted) == ([], [launch.queue_id], [1, 0])
    status = call(client, launch, guest, "status").json
    assert status["status"] == "ADMITTED"
    assert status["admissionToken"]
    assert appointments.due(rt) == []
    assert books(rt, launch).active == 1
    fixed = call(
        client, launch, guest, "reschedule", newSlotId=free(client, merchant, launch, 2)[1]
    )
    assert (fixed.status_code, fixed.json["code"]) == (409, "BOOKING_FIXED")


def test_without_being_asked_the_clock_admits_nobody(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    book(client, launch, guest, slot_id)
    begin(rt, launch)

    admitted = appointments.admit_due(rt, launch.queue_id)

    assert (admitted, appointments.due(rt)) == (0, [])
    assert call(client, launch, guest, "status").json["status"] == "QUEUED"


def test_a_cancelled_booking_is_never_admitted(client, rt, merchant):
    launch = make_appointment(rt, merchant, admitAtStart=True)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    book(client, launch, guest, slot_id)
    call(client, launch, guest, "cancel")
    begin(rt, launch)

    assert appointments.due(rt) == []
    assert appointments.admit_due(rt, launch.queue_id) == 0


def test_an_admission_that_ran_out_lets_one_book_again(client, rt, merchant):
    launch = make_appointment(rt, merchant, admitAtStart=True)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    book(client, launch, guest, slot_id)
    begin(rt, launch)
    appointments.admit_due(rt, launch.queue_id)
    run_out(rt, launch)
    admitting.expire_due(rt)

    again = book(client, launch, guest, slot_id)

    assert (again.status_code, again.json["number"]) == (201, 2)
    books(rt, launch)


def test_an_appointment_that_is_over_stands_in_nobodys_way(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [first, second] = make_guest(client, merchant), free(client, merchant, launch, 2)
    book(client, launch, guest, first)
    move(rt, launch, "now() - interval '2 hours'", "now() - interval '1 hour'")

    again = book(client, launch, guest, second)

    assert (again.status_code, again.json["number"]) == (201, 2)
    assert books(rt, launch).waiting == 1


def test_the_calendar_file_follows_the_booking(client, rt, merchant):
    launch = make_appointment(rt, merchant, locations=[{"id": "loc_1", "name": "Main street"}])
    guest, [old, new] = make_guest(client, merchant), free(client, merchant, launch, 2)
    said = book(client, launch, guest, old).json
    first = call(client, launch, guest, "calendar.ics")
    call(client, launch, guest, "reschedule", newSlotId=new)
    moved = call(client, launch, guest, "calendar.ics")
    call(client, launch, guest, "cancel")
    cancelled = call(client, launch, guest, "calendar.ics")

    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    start = re.sub(r"[-:]|\.000", "", said["startTime"])
    for line in (f"DTSTART:{start}", "LOCATION:Main street", "SEQUENCE:0", "STATUS:CONFIRMED"):
        assert f"{line}\r\n" in first.text
    assert f"UID:{said['bookingId']}" in moved.text
    assert "SEQUENCE:1\r\n" in moved.text
    assert "STATUS:CANCELLED\r\n" in cancelled.text


def test_bookings_are_told(client, rt, merchant):
    subscribe(rt, merchant)
    launch = make_appointment(rt, merchant)
    guest, [old, new] = make_guest(client, merchant), free(client, merchant, launch, 2)

    said = book(client, launch, guest, old).json
    call(client, launch, guest, "reschedule", newSlotId=new)
    call(client, launch, guest, "cancel")

    told = {name: (sequence, data) for name, sequence, data in events(rt)}
    assert {name: sequence for name, (sequence, _) in told.items()} == {
        "appointment.consumer.entered": 1,
        "appointment.booked": 1,
        "appointment.rescheduled": 2,
        "appointment.consumer.left": 2,
        "appointment.cancelled": 3,
    }
    assert told["appointment.booked"][1]["slotId"] == old
    assert told["appointment.rescheduled"][1]["slotId"] == new
    cancelled = told["appointment.cancelled"][1]
    assert (cancelled["status"], cancelled["bookingId"]) == ("LEFT", said["bookingId"])
    assert "admissionToken" not in cancelled


def test_a_booking_is_cancelled_with_the_experience_that_is_left(client, rt, merchant):
    subscribe(rt, merchant)
    launch = make_appointment(rt, merchant)
    guest, [slot] = make_guest(client, merchant), free(client, merchant, launch)
    said = book(client, launch, guest, slot).json

    path = f"/api/v1/experiences/{launch.experience_id}/leave"
    assert client.delete(path, headers=guest.headers).status_code == 204
    assert client.delete(path, headers=guest.headers).status_code == 204

    cancelled = [data for name, _, data in events(rt) if name == "appointment.cancelled"]
    assert [each["bookingId"] for each in cancelled] == [said["bookingId"]]
    assert cancelled[0]["status"] == "LEFT"
