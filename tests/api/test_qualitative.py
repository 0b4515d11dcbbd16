"""Where the merchant does not want places told: far, near, next."""

import pytest

from integration.engine.bands import Band, band
from integration.engine.estimate import Wait
from integration.services import admitting
from tests.api.admitted import enter, status, waiting
from tests.support.launches import make_guest, make_launch
from tests.support.presence import card, change

QUALITATIVE = {"positionDisplay": "qualitative", "admissionRate": 0}


@pytest.mark.parametrize(
    ("position", "seconds", "expected"),
    [
        (1, None, Band.NEXT),
        (10, None, Band.NEXT),
        (11, None, Band.NEAR),
        (100, None, Band.NEAR),
        (101, None, Band.FAR),
        (5_000, 60, Band.NEXT),
        (5_000, 61, Band.NEAR),
        (5_000, 600, Band.NEAR),
        (5, 601, Band.FAR),
        (1, 86_400, Band.NEXT),
    ],
)
def test_a_band_follows_the_wait_and_without_one_the_place(position, seconds, expected):
    wait = None if seconds is None else Wait(seconds, seconds, seconds)

    assert band(position, wait) is expected


def test_the_place_is_not_told_and_a_band_is(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=QUALITATIVE)
    guests = waiting(client, merchant, launch, 12)

    first, last = status(client, launch, guests[0]), status(client, launch, guests[-1])

    assert (first["position"], first["band"]) == (None, "next")
    assert (last["position"], last["band"]) == (None, "near")
    assert enter(client, launch, guests[0])["band"] == "next"
    assert enter(client, launch, make_guest(client, merchant))["position"] is None


def test_the_bands_are_the_same_without_valkey_and_with_it(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=QUALITATIVE)
    guests = waiting(client, merchant, launch, 12)
    recorded = [status(client, launch, guest)["band"] for guest in guests]

    rt.mender.rebuild(launch.queue_id)

    assert [status(client, launch, guest)["band"] for guest in guests] == recorded


def test_the_card_has_no_marks(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=QUALITATIVE)
    waiting(client, merchant, launch, 2)

    assert "marks" not in card(client, rt, launch)


def test_who_is_admitted_has_place_nought_and_no_band(client, rt, merchant):
    launch = make_launch(rt, merchant, rules=QUALITATIVE)
    [guest] = waiting(client, merchant, launch, 1)

    change(rt, launch, "rules = rules - 'admissionRate'")
    admitting.admit_due(rt, launch.queue_id)
    said = status(client, launch, guest)

    assert (said["status"], said["position"], said.get("band")) == ("ADMITTED", 0, None)


def test_a_precise_queue_tells_no_band(client, rt, merchant):
    launch = make_launch(rt, merchant, rules={"admissionRate": 0})
    [guest] = waiting(client, merchant, launch, 1)

    said = status(client, launch, guest)

    assert said["position"] == 1
    assert "band" not in said
