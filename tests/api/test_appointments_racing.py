"""Sixty-four callers on four processes want the same slot."""

from collections import Counter

import pytest
from sqlalchemy import text

from tests.api.admitted import books
from tests.support.launches import make_guest
from tests.support.racing import starting
from tests.support.slots import book, free, make_appointment

CALLERS = 64


@pytest.fixture(scope="module")
def racers(settings):
    with starting(settings) as found:
        yield found


def booking(launch, guest, slot_id):
    path = f"/api/v1/appointments/{launch.queue_id}/book"
    body = {"slotId": slot_id}
    return {"path": path, "method": "POST", "headers": guest.headers, "json": body}


def moving(launch, guest, slot_id):
    path = f"/api/v1/appointments/{launch.queue_id}/reschedule"
    body = {"newSlotId": slot_id}
    return {"path": path, "method": "POST", "headers": guest.headers, "json": body}


def taken(rt):
    """How many hold each slot, by the rows."""
    statement = text(
        "SELECT slot_id, count(*) AS held FROM booking b"
        " JOIN participation p ON p.id = b.participation_id"
        " WHERE p.state = 'QUEUED' GROUP BY slot_id"
    )
    with rt.transaction() as tx:
        return {row.slot_id: row.held for row in tx.session.execute(statement)}


def test_the_last_slot_has_one_taker(client, rt, merchant, racers):
    launch = make_appointment(rt, merchant)
    guests = [make_guest(client, merchant) for _ in range(CALLERS)]
    [slot_id] = free(client, merchant, launch)

    answers = racers.race([booking(launch, guest, slot_id) for guest in guests])

    assert Counter((each.status, each.code) for each in answers) == {
        (201, None): 1,
        (409, "SLOT_TAKEN"): CALLERS - 1,
    }
    assert taken(rt) == {slot_id: 1}
    assert books(rt, launch).waiting == 1


def test_a_slot_holds_as_many_as_it_may(client, rt, merchant, racers):
    launch = make_appointment(rt, merchant, maxCapacityPerSlot=5)
    guests = [make_guest(client, merchant) for _ in range(CALLERS)]
    slots = free(client, merchant, launch, 2)

    wanted = [booking(launch, guest, slots[place % 2]) for place, guest in enumerate(guests)]
    answers = racers.race(wanted)

    assert Counter(each.status for each in answers) == {201: 10, 409: CALLERS - 10}
    assert taken(rt) == dict.fromkeys(slots, 5)
    codes = [each.body["confirmationCode"] for each in answers if each.status == 201]
    assert len(set(codes)) == 10


def test_one_consumer_who_books_everything_at_once_gets_one(client, rt, merchant, racers):
    launch = make_appointment(rt, merchant)
    guest, slots = make_guest(client, merchant), free(client, merchant, launch, 16)

    answers = racers.race([booking(launch, guest, each) for each in slots * 4])

    [won] = {each.body["slotId"] for each in answers if each.status in {200, 201}}
    assert Counter((each.status, each.code) for each in answers) == {
        (201, None): 1,
        (200, None): 3,
        (409, "ALREADY_BOOKED"): 60,
    }
    assert taken(rt) == {won: 1}


def test_two_who_want_each_others_slot_both_keep_theirs(client, rt, merchant, racers):
    launch = make_appointment(rt, merchant)
    first, second = (make_guest(client, merchant) for _ in range(2))
    one, other = free(client, merchant, launch, 2)
    book(client, launch, first, one)
    book(client, launch, second, other)

    swaps = [moving(launch, first, other), moving(launch, second, one)]
    answers = racers.race(swaps * 8)

    assert {(each.status, each.code) for each in answers} == {(409, "SLOT_TAKEN")}
    assert taken(rt) == {one: 1, other: 1}


def test_many_who_move_into_one_slot_leave_the_others_as_they_are(client, rt, merchant, racers):
    launch = make_appointment(rt, merchant)
    target, *slots = free(client, merchant, launch, 17)
    guests = [make_guest(client, merchant) for _ in slots]
    for guest, slot_id in zip(guests, slots, strict=True):
        book(client, launch, guest, slot_id)

    answers = racers.race([moving(launch, guest, target) for guest in guests])

    assert Counter(each.status for each in answers) == {200: 1, 409: 15}
    [winner] = [place for place, each in enumerate(answers) if each.status == 200]
    left = {slot_id: 1 for place, slot_id in enumerate(slots) if place != winner}
    assert taken(rt) == {target: 1, **left}
