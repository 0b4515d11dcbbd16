from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.estimate import (
    MAX_WAIT_SECONDS,
    ObservedRate,
    estimate_wait,
    fair_interval_ms,
    observed_rate,
    poll_after_ms,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SEEN = ObservedRate(per_minute=60, seen=100)


def seconds_ago(seconds):
    return NOW - timedelta(seconds=seconds)


def test_the_rate_is_what_was_served_lately():
    history = [(seconds_ago(120), 1_000), (seconds_ago(60), 1_100), (NOW, 1_240)]

    assert observed_rate(history, NOW) == ObservedRate(120, 240)


def test_what_is_older_than_the_window_does_not_count():
    history = [(seconds_ago(3600), 0), (seconds_ago(60), 5_000), (NOW, 5_060)]

    assert observed_rate(history, NOW) == ObservedRate(60, 60)


def test_a_line_that_has_stopped_is_slower_every_second():
    history = [(seconds_ago(120), 0), (seconds_ago(90), 60)]

    assert observed_rate(history, NOW).per_minute == 30


@pytest.mark.parametrize(
    "history",
    [[], [(NOW, 5)], [(seconds_ago(4), 0), (NOW, 100)], [(seconds_ago(3600), 9)]],
)
def test_too_little_to_go_by_is_no_rate(history):
    assert observed_rate(history, NOW) is None


def test_a_counter_that_fell_is_no_negative_rate():
    assert observed_rate([(seconds_ago(60), 9), (NOW, 5)], NOW) == ObservedRate(0, 0)


def test_the_estimate_is_a_range_around_what_was_observed():
    wait = estimate_wait(120, SEEN)

    assert wait == (120, 108, 132)


def test_the_less_was_seen_the_wider_the_range():
    wide, narrow = estimate_wait(120, SEEN._replace(seen=4)), estimate_wait(120, SEEN)

    assert wide.low < narrow.low < narrow.high < wide.high


@pytest.mark.parametrize(
    ("position", "rate", "planned", "paused"),
    [
        (None, SEEN, 60, False),
        (10, SEEN, 60, True),
        (10, None, None, False),
        (10, None, 0, False),
        (10, SEEN, 0, False),
        (10, ObservedRate(0, 0), None, False),
        (2_000_000, SEEN, 60, False),
    ],
)
def test_what_nobody_can_know_is_not_told(position, rate, planned, paused):
    assert estimate_wait(position, rate, planned, paused=paused) is None


def test_the_plan_stands_in_until_something_was_seen():
    assert estimate_wait(60, None, 30).seconds == 120
    assert estimate_wait(60, ObservedRate(0, 0), 30).seconds == 120


def test_a_burst_does_not_promise_more_than_the_plan():
    assert estimate_wait(60, ObservedRate(6000, 500), 30).seconds == 120


def test_a_line_slower_than_planned_says_so():
    assert estimate_wait(60, ObservedRate(10, 50), 30).seconds == 360


@given(
    position=st.integers(1, 10_000_000),
    rate=st.builds(ObservedRate, st.floats(0, 1e6), st.integers(0, 10**6)) | st.none(),
    planned=st.integers(0, 10**6) | st.none(),
)
def test_an_estimate_is_bounded_and_inside_its_range(position, rate, planned):
    wait = estimate_wait(position, rate, planned)

    if wait is not None:
        assert 0 <= wait.low <= wait.seconds <= wait.high
        assert wait.seconds <= MAX_WAIT_SECONDS
        assert wait.high <= 1.5 * MAX_WAIT_SECONDS


@given(a=st.integers(1, 10**6), b=st.integers(1, 10**6))
def test_whoever_is_nearer_is_never_told_a_longer_wait(a, b):
    near, far = sorted((a, b))
    sooner, later = estimate_wait(near, SEEN), estimate_wait(far, SEEN)

    assert later is None or sooner.seconds <= later.seconds


@pytest.mark.parametrize(
    ("position", "milliseconds"),
    [(1, 1_000), (20, 1_000), (200, 10_000), (600, 30_000), (1_000_000, 30_000)],
)
def test_the_near_ask_often_and_the_far_seldom(position, milliseconds):
    assert poll_after_ms(estimate_wait(position, SEEN), position) == milliseconds


@pytest.mark.parametrize(
    ("position", "milliseconds"), [(1, 1_000), (50, 5_000), (5_000, 30_000), (None, 30_000)]
)
def test_without_an_estimate_the_place_decides(position, milliseconds):
    assert poll_after_ms(None, position) == milliseconds


@given(pollers=st.integers(1, 10**6), limit=st.integers(1, 10**5), position=st.integers(1, 10**6))
def test_all_who_ask_stay_under_the_limit(pollers, limit, position):
    every = poll_after_ms(None, position, pollers=pollers, limit_per_minute=limit)

    assert pollers * 60_000 / every <= 0.6 * limit + 1e-6
    assert every >= 1_000


def test_a_limit_of_nothing_is_not_divided_by():
    assert fair_interval_ms(1, 0) == 100_000
