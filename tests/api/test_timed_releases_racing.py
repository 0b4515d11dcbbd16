"""Sixty-four callers on four processes want what there is not enough of."""

from collections import Counter

import pytest

from integration.services import admitting
from tests.api.admitted import books
from tests.support.launches import make_guest, make_launch
from tests.support.racing import starting

CALLERS = 64


@pytest.fixture(scope="module")
def racers(settings):
    with starting(settings) as found:
        yield found


def entering(launch, guest):
    path = f"/api/v1/timed-releases/{launch.queue_id}/enter"
    return {"path": path, "method": "POST", "headers": guest.headers}


def test_stock_is_never_oversold(client, rt, merchant, racers):
    launch = make_launch(rt, merchant, kind="timed_release", inventory_bound=True, stock=7)
    guests = [make_guest(client, merchant) for _ in range(CALLERS)]

    answers = racers.race([entering(launch, guest) for guest in guests])

    assert Counter(each.status for each in answers) == {201: 7, 429: CALLERS - 7}
    assert {each.code for each in answers} == {None, "FULL"}
    numbers = sorted(each.body["number"] for each in answers if each.status == 201)
    assert numbers == list(range(1, 8))
    assert books(rt, launch).held == 7


def test_the_last_unit_has_one_taker(client, rt, merchant, racers):
    launch = make_launch(
        rt, merchant, kind="timed_release", inventory_bound=True, stock=3, units_per_admission=2
    )
    guests = [make_guest(client, merchant) for _ in range(CALLERS)]

    answers = racers.race([entering(launch, guest) for guest in guests])

    assert Counter(each.status for each in answers) == {201: 1, 429: CALLERS - 1}
    assert books(rt, launch).held == 2


def test_the_last_place_has_one_taker(client, rt, merchant, racers):
    launch = make_launch(rt, merchant, kind="timed_release", max_capacity=1)
    guests = [make_guest(client, merchant) for _ in range(CALLERS)]

    answers = racers.race([entering(launch, guest) for guest in guests])

    assert Counter(each.status for each in answers) == {201: 1, 429: CALLERS - 1}


def test_one_consumer_who_comes_many_times_at_once_enters_once(client, rt, merchant, racers):
    launch = make_launch(rt, merchant, kind="timed_release", inventory_bound=True, stock=7)
    guest = make_guest(client, merchant)

    answers = racers.race([entering(launch, guest)] * CALLERS)

    assert Counter(each.status for each in answers) == {201: 1, 200: CALLERS - 1}
    assert len({each.body["admissionToken"] for each in answers}) == 1
    assert books(rt, launch).held == 1


def test_a_device_holds_only_so_many_however_fast_it_is(client, rt, merchant, racers):
    launch = make_launch(rt, merchant, kind="timed_release", max_entries_per_fingerprint=3)
    guests = [make_guest(client, merchant) for _ in range(CALLERS)]
    for guest in guests:
        guest.headers["X-Fingerprint"] = "fp_one-and-the-same"

    answers = racers.race([entering(launch, guest) for guest in guests])

    assert Counter(each.status for each in answers) == {201: 3, 403: CALLERS - 3}


def test_the_books_balance_while_some_come_and_some_go(client, rt, merchant, racers):
    launch = make_launch(rt, merchant, kind="timed_release", inventory_bound=True, stock=8)
    guests = [make_guest(client, merchant) for _ in range(CALLERS // 2)]
    for guest in guests[:8]:
        client.open(**entering(launch, guest))
    leaving = [
        entering(launch, guest) | {"path": entering(launch, guest)["path"][:-5] + "leave"}
        for guest in guests[:8]
    ]

    racers.race([*leaving, *[entering(launch, guest) for guest in guests[8:]]])

    found = books(rt, launch)
    assert found.held <= 8
    assert found.active == found.held
    assert admitting.expire_due(rt) == 0
