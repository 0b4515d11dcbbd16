"""Quantiles from classes, tau from sums, time in steps: each beside a plain reckoning."""

from datetime import UTC, datetime, timedelta
from itertools import combinations
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.fairness import BLOCK, Admitted, block_of, tau
from integration.engine.histograms import ERROR, class_of, quantile
from integration.engine.insight import (
    EVER,
    HOUR,
    MINUTE,
    Interval,
    Segment,
    floor,
    period,
    refused_shares,
)

MOMENTS = st.integers(0, 2 * 10**9).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@given(
    st.lists(st.floats(1, 1e9), min_size=1, max_size=200),
    st.sampled_from([0.5, 0.9, 0.99, 1.0]),
)
def test_a_quantile_is_within_its_error_of_the_exact_one(durations, share):
    counts: dict[int, int] = {}
    for each in durations:
        counts[class_of(each)] = counts.get(class_of(each), 0) + 1

    found = quantile(counts, share)

    exact = sorted(durations)[ceil(share * len(durations)) - 1]
    assert found == pytest.approx(exact, rel=ERROR + 1e-9)


def test_nothing_has_no_quantile():
    assert quantile({}, 0.5) is None
    assert quantile({3: 0}, 0.5) is None


@given(
    st.lists(st.integers(1, 4 * BLOCK), unique=True, max_size=60),
    st.integers(0, 60),
)
def test_pairs_add_up_to_kendalls_tau_wherever_counting_was_interrupted(numbers, cut):
    before, after = numbers[:cut], numbers[cut:]
    blocks: dict[int, int] = {}
    for number in before:
        blocks[block_of(number)] = blocks.get(block_of(number), 0) + 1
    touched = {block_of(number) for number in after}
    members = [number for number in before if block_of(number) in touched]
    first, then = Admitted({}, []), Admitted(blocks, members)

    pairs = [first.add(number) for number in before] + [then.add(number) for number in after]

    agreeing = sum(one < other for one, other in combinations(numbers, 2))
    disagreeing = sum(one > other for one, other in combinations(numbers, 2))
    assert sum(each.agreeing for each in pairs) == agreeing
    assert sum(each.disagreeing for each in pairs) == disagreeing


def test_tau_is_one_in_order_minus_one_against_it_and_nothing_for_one():
    assert tau(3, 0) == 1
    assert tau(0, 3) == -1
    assert tau(0, 0) is None


@given(MOMENTS, st.integers(0, 5 * 24 * 60))
def test_segments_cover_a_period_once_and_read_hours_where_they_can(since, minutes):
    until = since + timedelta(minutes=minutes)

    found = period(since, until, Interval.MINUTE)

    covered = _minutes(found.segments())
    assert covered == found.moments()
    assert sum(each.grain == MINUTE for each in found.segments()) <= 2


def _minutes(segments: list[Segment]) -> list[datetime]:
    return [
        each.since + place * timedelta(minutes=1)
        for each in segments
        for place in range(int((each.until - each.since).total_seconds()) // 60)
    ]


@pytest.mark.parametrize(
    ("days", "interval"),
    [(0.5, Interval.MINUTE), (1, Interval.MINUTE), (2, Interval.HOUR), (90, Interval.DAY)],
)
def test_a_series_is_as_fine_as_suits_its_length(days, interval):
    found = period(NOON - timedelta(days=days), NOON, None)

    assert found.interval is interval
    assert found.since <= NOON - timedelta(days=days)
    assert found.until >= NOON


def test_steps_begin_in_utc_whatever_the_zone():
    from_afar = NOON.replace(minute=31).astimezone()

    assert floor(from_afar, HOUR) == NOON
    assert floor(from_afar, MINUTE) == NOON.replace(minute=31)
    assert floor(from_afar, EVER).year == 1970


def test_the_shares_refused_are_of_all_who_tried():
    codes = {"RATE_LIMITED": 20, "FULL": 10, "NOT_ROUTED": 5, "CLOSED": 15}

    assert refused_shares(50, codes) == (0.3, 0.05)
    assert refused_shares(0, {}) == (None, None)
