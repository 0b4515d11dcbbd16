"""The appointment rows of contract.md, sections 1 to 3 and 5."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest

from integration.engine.status import stamp
from tests.support.envelopes import STATUS, refused
from tests.support.launches import make_guest, make_launch, make_merchant
from tests.support.slots import book, call, free, make_appointment, slots

NEXT_YEAR = date.today().year + 1  # noqa: DTZ011 - any year to come will do


def last_sunday(month):
    """When clocks change in Europe."""
    last = date(NEXT_YEAR, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


BOOKING = {
    "bookingId",
    "confirmationCode",
    "slotId",
    "startTime",
    "endTime",
    "locationId",
    "createdAt",
}
CONSUMERS = ["book", "reschedule", "cancel", "status", "calendar.ics"]
BODIES = {"book": {"slotId": "slot_x"}, "reschedule": {"newSlotId": "slot_x"}}


def ask(client, launch, guest, verb):
    return call(client, launch, guest, verb, **BODIES.get(verb, {}))


def test_get_appointment(client, rt, merchant):
    launch = make_appointment(rt, merchant, maxCapacityPerSlot=3)

    answer = client.get(f"/api/v1/appointments/{launch.queue_id}", headers=merchant.page)

    assert answer.status_code == 200
    shown = answer.json
    assert shown.pop("serverTime").endswith("Z")
    assert shown == {
        "id": launch.queue_id,
        "name": "Queue",
        "sequenceId": launch.sequence_id,
        "capacity": None,
        "openAt": None,
        "closeAt": None,
        "timeZone": "UTC",
        "status": "OPEN",
        "consumerCount": 0,
        "slotDurationMinutes": 30,
        "bufferMinutes": 0,
        "maxCapacityPerSlot": 3,
        "locations": [],
        "notice": None,
    }


def test_get_slots(client, rt, merchant):
    launch = make_appointment(rt, merchant, maxCapacityPerSlot=3)

    found = slots(client, merchant, launch)

    assert found[0].keys() == {
        "id",
        "startTime",
        "endTime",
        "capacity",
        "available",
        "locationId",
    }
    assert found[0]["id"].startswith("slot_")
    assert (found[0]["capacity"], found[0]["locationId"]) == (3, None)
    starts = [datetime.fromisoformat(each["startTime"]) for each in found]
    now = datetime.now(UTC)
    assert min(starts) >= now - timedelta(minutes=1)
    assert timedelta(days=13, hours=23) < max(starts) - now < timedelta(days=14, minutes=1)
    assert len(found) == 14 * 48
    assert starts == sorted(starts)


def test_slots_from_and_to_are_read_in_the_appointments_zone(client, rt, merchant):
    launch = make_appointment(rt, merchant, time_zone="America/New_York")
    day, next_day = f"{NEXT_YEAR}-01-10", f"{NEXT_YEAR}-01-11"

    whole_day = slots(client, merchant, launch, **{"from": day, "to": next_day})
    hour = slots(client, merchant, launch, **{"from": f"{day}T09:00", "to": f"{day}T10:00"})

    assert len(whole_day) == 48
    assert whole_day[0]["startTime"] == f"{day}T05:00:00.000Z"
    assert [each["startTime"][11:16] for each in hour] == ["14:00", "14:30"]


@pytest.mark.parametrize(
    ("day", "count", "midnight"),
    [(last_sunday(3), 23, 1), (last_sunday(10), 25, 2), (date(NEXT_YEAR, 6, 1), 24, 2)],
    ids=["clocks go forward", "clocks go back", "an ordinary day"],
)
def test_slots_where_clocks_change(client, rt, merchant, day, count, midnight):  # noqa: PLR0917
    launch = make_appointment(rt, merchant, time_zone="Europe/Berlin", slotDurationMinutes=60)
    query = {"from": day.isoformat(), "to": (day + timedelta(days=1)).isoformat()}

    found = slots(client, merchant, launch, **query)

    starts = [datetime.fromisoformat(each["startTime"]) for each in found]
    assert len(starts) == count
    assert {b - a for a, b in pairwise(starts)} == {timedelta(hours=1)}
    assert starts[0] == datetime.combine(day, time(), UTC) - timedelta(hours=midnight)


@pytest.mark.parametrize(
    "query",
    [
        {"from": f"{NEXT_YEAR}-01-01", "to": f"{NEXT_YEAR}-03-05"},
        {"from": f"{NEXT_YEAR}-01-02", "to": f"{NEXT_YEAR}-01-01"},
        {"from": "yesterday"},
        {"to": f"{NEXT_YEAR}-13-01"},
    ],
)
def test_400_of_a_range_that_cannot_be_told(client, rt, merchant, query):
    launch = make_appointment(rt, merchant)

    answer = client.get(
        f"/api/v1/appointments/{launch.queue_id}/slots", query_string=query, headers=merchant.page
    )

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")
    assert answer.json["details"]


def test_62_days_are_not_too_many(client, rt, merchant):
    launch = make_appointment(rt, merchant, slotDurationMinutes=1440)

    found = slots(
        client, merchant, launch, **{"from": f"{NEXT_YEAR}-01-01", "to": f"{NEXT_YEAR}-03-04"}
    )

    assert len(found) == 62


def test_post_book(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)

    booked = book(client, launch, guest, slot_id)

    assert booked.status_code == 201
    assert booked.headers["Cache-Control"] == "no-store"
    assert booked.json.keys() == STATUS | BOOKING | {"appointmentId"}
    assert booked.json["status"] == "QUEUED"
    assert booked.json["consumerId"] == guest.consumer_id
    again = book(client, launch, guest, slot_id)
    assert (again.status_code, again.json) == (200, booked.json)


def test_409_already_booked(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [first, second] = make_guest(client, merchant), free(client, merchant, launch, 2)
    book(client, launch, guest, first)

    assert refused(book(client, launch, guest, second)) == (409, "Conflict", "ALREADY_BOOKED")


@pytest.mark.parametrize("verb", ["book", "reschedule"])
def test_409_slot_taken(client, rt, merchant, verb):
    launch = make_appointment(rt, merchant)
    mine, theirs = free(client, merchant, launch, 2)
    first, second = (make_guest(client, merchant) for _ in range(2))
    book(client, launch, first, theirs)
    if verb == "reschedule":
        book(client, launch, second, mine)
    body = {"book": {"slotId": theirs}, "reschedule": {"newSlotId": theirs}}[verb]

    answer = call(client, launch, second, verb, **body)

    assert refused(answer) == (409, "Conflict", "SLOT_TAKEN")


def test_delete_cancel(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    book(client, launch, guest, slot_id)

    answer = call(client, launch, guest, "cancel")

    assert answer.status_code == 200
    assert answer.json.keys() == STATUS | BOOKING | {"appointmentId"}
    assert answer.json["status"] == "LEFT"


def test_post_reschedule(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [old, new] = make_guest(client, merchant), free(client, merchant, launch, 2)
    book(client, launch, guest, old)

    answer = call(client, launch, guest, "reschedule", newSlotId=new)

    assert answer.status_code == 200
    assert answer.json["slotId"] == new


def test_get_calendar(client, rt, merchant):
    launch = make_appointment(rt, merchant)
    guest, [slot_id] = make_guest(client, merchant), free(client, merchant, launch)
    book(client, launch, guest, slot_id)

    answer = call(client, launch, guest, "calendar.ics")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("verb", ["reschedule", "cancel", "status", "calendar.ics"])
def test_404_consumer_not_in_appointment(client, rt, merchant, verb):
    launch = make_appointment(rt, merchant)

    answer = ask(client, launch, make_guest(client, merchant), verb)

    assert refused(answer) == (404, "Consumer not in appointment", "NOT_IN_APPOINTMENT")


@pytest.mark.parametrize("verb", CONSUMERS)
@pytest.mark.parametrize("what", ["another kind", "other", "test mode", "draft"])
def test_404_appointment_not_found(client, rt, merchant, verb, what):
    made = {
        "another kind": lambda: make_launch(rt, merchant),
        "other": lambda: make_appointment(rt, make_merchant(rt)),
        "test mode": lambda: make_appointment(rt, make_merchant(rt, "test", of=merchant)),
        "draft": lambda: make_appointment(rt, merchant, state="draft"),
    }[what]()

    answer = ask(client, made, make_guest(client, merchant), verb)

    assert refused(answer) == (404, "Appointment not found", "APPOINTMENT_NOT_FOUND")


@pytest.mark.parametrize("verb", CONSUMERS)
def test_400_consumer_id_is_required(client, rt, merchant, verb):
    launch, guest = make_appointment(rt, merchant), make_guest(client, merchant)
    guest.headers.pop("Authorization")

    answer = ask(client, launch, guest, verb)

    assert refused(answer) == (400, "Consumer ID is required", "CONSUMER_REQUIRED")


@pytest.mark.parametrize("verb", ["book", "reschedule"])
@pytest.mark.parametrize("body", [{}, {"slotId": 5}, {"slotId": "slot_x", "more": 1}])
def test_400_of_a_body_that_is_not_one(client, rt, merchant, verb, body):
    launch, guest = make_appointment(rt, merchant), make_guest(client, merchant)

    answer = client.post(
        f"/api/v1/appointments/{launch.queue_id}/{verb}", json=body, headers=guest.headers
    )

    assert refused(answer) == (400, "Validation failed", "VALIDATION_FAILED")


@pytest.mark.parametrize("verb", ["complete", "deny", "validate"])
def test_401_secret_key_required(client, rt, merchant, verb):
    launch = make_appointment(rt, merchant)

    answer = client.post(
        f"/api/v1/appointments/{launch.queue_id}/{verb}", headers=merchant.page, json={}
    )

    assert refused(answer) == (401, "Secret key required", "SECRET_KEY_REQUIRED")


def test_423_appointment_is_not_open_yet(client, rt, merchant):
    opens = datetime.now(UTC) + timedelta(minutes=5)
    launch = make_appointment(rt, merchant, open_at=opens)
    [slot_id] = free(client, merchant, launch)

    answer = book(client, launch, make_guest(client, merchant), slot_id)

    assert refused(answer) == (423, "Appointment is not open yet", "NOT_OPEN_YET")
    assert answer.json["opensAt"] == stamp(opens)
    assert 290 <= int(answer.headers["Retry-After"]) <= 300


def test_400_appointment_is_closed(client, rt, merchant):
    launch = make_appointment(rt, merchant, close_at=datetime(2020, 1, 1, tzinfo=UTC))
    [slot_id] = free(client, merchant, launch)

    answer = book(client, launch, make_guest(client, merchant), slot_id)

    assert refused(answer) == (400, "Appointment is closed", "CLOSED")


def test_429_appointment_is_full(client, rt, merchant):
    launch = make_appointment(rt, merchant, max_capacity=1)
    first, second = free(client, merchant, launch, 2)
    book(client, launch, make_guest(client, merchant), first)

    answer = book(client, launch, make_guest(client, merchant), second)

    assert refused(answer) == (429, "Appointment is full", "FULL")
    assert answer.headers["Retry-After"].isdecimal()


def test_409_sold_out(client, rt, merchant):
    launch = make_appointment(rt, merchant, inventory_bound=True, stock=0)
    [slot_id] = free(client, merchant, launch)

    answer = book(client, launch, make_guest(client, merchant), slot_id)

    assert refused(answer) == (409, "Conflict", "SOLD_OUT")
