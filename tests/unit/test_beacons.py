from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.beacons import (
    AFTER_CLOSING,
    QUICKNET,
    last_round,
    message,
    randomness,
    round_for,
    time_of,
    unknown_at,
)

SECOND = timedelta(seconds=1)
MOMENTS = st.integers(1_577_836_800, 4_102_444_800).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)

# Quicknet's round 1000, as everybody can fetch it.
SIGNATURE = bytes.fromhex(
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
    "e342b73a8dd2bacbe47e4b6b63ed5e39"
)
RANDOMNESS = "fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd"


def test_rounds_come_every_three_seconds_from_genesis_on():
    assert time_of(QUICKNET, 1) == datetime(2023, 8, 23, 15, 9, 27, tzinfo=UTC)
    assert time_of(QUICKNET, 1000) - time_of(QUICKNET, 999) == 3 * SECOND


@pytest.mark.parametrize(
    ("after_genesis", "number"), [(-1, 0), (0, 1), (2.999, 1), (3, 2), (2997, 1000)]
)
def test_the_last_round_is_the_one_that_has_come(after_genesis, number):
    moment = QUICKNET.genesis + timedelta(seconds=after_genesis)

    assert last_round(QUICKNET, moment) == number


@given(MOMENTS)
def test_a_round_comes_when_its_time_says(moment):
    number = last_round(QUICKNET, moment)

    assert unknown_at(QUICKNET, number + 1, moment)
    assert number == 0 or not unknown_at(QUICKNET, number, moment)


@given(close_at=MOMENTS, later=st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_draw_names_the_first_round_at_its_time_that_comes_well_after_closing(close_at, later):
    draw_at = close_at + later

    number = round_for(QUICKNET, close_at, draw_at)

    assert time_of(QUICKNET, number) >= max(draw_at, close_at + AFTER_CLOSING)
    before = time_of(QUICKNET, number - 1)
    assert number == 1 or before < max(draw_at, close_at + AFTER_CLOSING)
    assert unknown_at(QUICKNET, number, close_at)


def test_the_randomness_is_the_hash_of_the_signature():
    assert randomness(SIGNATURE).hex() == RANDOMNESS


def test_a_round_signs_the_hash_of_its_number():
    assert message(1000).hex() == (
        "f652498d092acd949bad74e40683bf3824fb817980504a0c7e6722cfc5a9c0a3"
    )
