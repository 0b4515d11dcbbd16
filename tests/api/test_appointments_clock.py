"""Two clocks let those who have booked in at their time, once."""

import threading

from sqlalchemy import text

from tests.api.admitted import books, events, subscribe
from tests.support.clocks import ticking
from tests.support.launches import make_guest
from tests.support.slots import book, call, free, make_appointment
from tests.support.waiting import wait_until

PEOPLE = 6
LATEST_SECONDS = 2
AFTERWARDS_SECONDS = 1.5


def booked(client, rt, merchant, **given):
    launch = make_appointment(rt, merchant, maxCapacityPerSlot=PEOPLE, **given)
    [slot_id] = free(client, merchant, launch)
    guests = [make_guest(client, merchant) for _ in range(PEOPLE)]
    for guest in guests:
        assert book(client, launch, guest, slot_id).status_code == 201
    return launch, guests


def begin_in(rt, seconds):
    statement = text("UPDATE booking SET starts_at = now() + make_interval(secs => :seconds)")
    with rt.transaction() as tx:
        tx.session.execute(statement, {"seconds": seconds})


def delays(rt):
    """How long after the beginning of their slot people were admitted, in seconds."""
    statement = text(
        "SELECT extract(epoch FROM p.admitted_at - b.starts_at) FROM participation p"
        " JOIN booking b ON b.participation_id = p.id WHERE p.state = 'ADMITTED'"
    )
    with rt.transaction() as tx:
        return [float(each) for each in tx.session.scalars(statement)]


def test_everybody_is_admitted_at_the_time_of_the_slot(client, rt, merchant, settings):
    subscribe(rt, merchant, ["appointment.consumer.admitted"])
    launch, guests = booked(client, rt, merchant, admitAtStart=True)
    begin_in(rt, 1)

    with ticking(settings):
        wait_until(lambda: len(delays(rt)) == PEOPLE, "everybody is admitted")
        threading.Event().wait(AFTERWARDS_SECONDS)

    assert all(0 <= delay <= LATEST_SECONDS for delay in delays(rt))
    assert books(rt, launch).active == PEOPLE
    heard = [data["consumerId"] for _, _, data in events(rt)]
    assert sorted(heard) == sorted(guest.consumer_id for guest in guests)
    tokens = {call(client, launch, guest, "status").json["admissionToken"] for guest in guests}
    assert len(tokens) == PEOPLE


def test_where_it_is_not_wanted_nobody_is_admitted(client, rt, merchant, settings):
    launch, _ = booked(client, rt, merchant)
    begin_in(rt, 0)

    with ticking(settings):
        threading.Event().wait(AFTERWARDS_SECONDS)

    assert books(rt, launch).waiting == PEOPLE
    assert delays(rt) == []


def test_an_appointment_that_ends_denies_those_who_have_booked(client, rt, merchant, settings):
    launch, guests = booked(client, rt, merchant, admitAtStart=True)
    path = f"/admin/api/v1/appointments/{launch.queue_id}/end"
    assert client.post(path, headers=merchant.server).status_code == 200

    with ticking(settings):
        wait_until(lambda: books(rt, launch).waiting == 0, "nobody waits any more")

    said = call(client, launch, guests[0], "status").json
    assert (said["status"], said["denyReason"]) == ("DENIED", "QUEUE_CLOSED")
