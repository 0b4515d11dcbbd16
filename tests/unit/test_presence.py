from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.presence import passed_over, presence_window

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


def window(**changes):
    given_ = {"serving": 1_000, "tail": 50_000, "numbers_per_minute": 100, "absence_seconds": 180}
    return presence_window(**(given_ | changes))


def away(**changes):
    given_ = {
        "covered_since": ago(600),
        "last_sign": None,
        "now": NOW,
        "absence_seconds": 180,
        "every_ms": 15_000,
    }
    return passed_over(**(given_ | changes))


def test_those_served_within_twice_the_absence_are_covered():
    assert window() == (1_600, 15_000)


@pytest.mark.parametrize("rate", [None, 0, 0.5, 10])
def test_at_least_a_hundred_are_covered(rate):
    assert window(numbers_per_minute=rate).up_to == 1_100


def test_nobody_behind_the_tail_is_covered():
    assert window(tail=1_050).up_to == 1_050
    assert window(tail=1_000).up_to == 1_000
    assert window(tail=900).up_to == 1_000


def test_where_absence_is_off_nobody_is_covered():
    assert window(absence_seconds=0).up_to == 1_000


def test_a_short_absence_is_asked_for_more_often():
    assert window(absence_seconds=15).every_ms == 5_000


@given(
    rate=st.floats(0, 1e6),
    absence=st.integers(1, 3_600),
    limit=st.integers(1, 100_000),
    tail=st.integers(0, 10**7),
)
def test_all_signs_together_stay_under_sixty_percent_of_the_limit(rate, absence, limit, tail):
    up_to, every = presence_window(
        serving=0,
        tail=tail,
        numbers_per_minute=rate,
        absence_seconds=absence,
        limit_per_minute=limit,
    )

    assert up_to * 60_000 / every <= 0.6 * limit + 1e-6


def test_whoever_was_covered_long_enough_and_gave_no_sign_is_passed_over():
    assert away()
    assert away(last_sign=ago(180))


@pytest.mark.parametrize(
    "changes",
    [
        {"covered_since": None},
        {"covered_since": ago(179)},
        {"last_sign": ago(179)},
        {"last_sign": NOW},
        {"store_lost_at": ago(179)},
        {"absence_seconds": 0},
        {"every_ms": 300_000},
    ],
)
def test_in_doubt_nobody_is_passed_over(changes):
    assert not away(**changes)


def test_a_loss_of_signs_long_ago_does_not_matter():
    assert away(store_lost_at=ago(181))


def test_where_signs_come_seldom_three_of_them_must_be_missing():
    assert not away(covered_since=ago(899), every_ms=300_000)
    assert away(covered_since=ago(900), every_ms=300_000)


@given(
    covered=st.integers(0, 10_000),
    signs=st.lists(st.integers(0, 10_000), max_size=20),
    absence=st.integers(1, 3_600),
)
def test_nobody_who_gave_a_sign_in_time_is_ever_passed_over(covered, signs, absence):
    last = min(signs, default=None)

    gone = away(
        covered_since=ago(covered),
        last_sign=None if last is None else ago(last),
        absence_seconds=absence,
        every_ms=1,
    )

    assert gone == (covered >= absence and (last is None or last >= absence))
