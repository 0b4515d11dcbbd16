from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from integration.engine.pacing import (
    PLACE,
    Due,
    Limits,
    Pace,
    Taken,
    due,
    free_places,
    sold_out,
)

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
MANY = 10**9
RATES = st.integers(1, 1_000_000)
# Microseconds; no gap is longer than what is made up for.
GAPS = st.lists(st.integers(0, 10_000_000), max_size=50)


def after(microseconds):
    return START + timedelta(microseconds=microseconds)


def admitted_over(gaps, rate, wanted=MANY):
    """Let a clock tick at these distances; returns how many were admitted in all."""
    pace, total = Pace(at=START, carry=0), 0
    for moment in accumulate(gaps):
        places, pace = due(pace, Limits(rate=rate), Taken(), wanted, after(moment))
        total += places
    return total


@given(gaps=GAPS, rate=RATES)
def test_however_time_is_cut_the_sum_is_rate_times_time(gaps, rate):
    assert admitted_over(gaps, rate) == rate * sum(gaps) // PLACE


def test_no_share_of_a_place_is_lost_over_a_hundred_thousand_ticks():
    assert admitted_over([333_337] * 100_000, rate=7) == 3_888


@given(rate=RATES, days=st.integers(0, 3650), carry=st.integers(0, 10**12))
def test_an_outage_makes_up_ten_seconds_and_no_more(rate, days, carry):
    pace = Pace(carry % PLACE, START)

    places, _ = due(pace, Limits(rate=rate), Taken(), MANY, START + timedelta(days, 10))

    assert places <= rate / 6 + 1
    assert places >= rate // 6


@given(
    rate=RATES,
    steps=st.lists(
        st.tuples(st.integers(-(10**8), 10**9), st.sampled_from([0, 1, 5, MANY])), max_size=30
    ),
)
def test_whatever_the_clock_and_the_line_do_it_never_floods(rate, steps):
    pace, moment = Pace(), 0

    for gap, wanted in steps:
        moment += gap
        places, pace = due(pace, Limits(rate=rate), Taken(), wanted, after(moment))
        assert 0 <= places <= min(wanted, rate / 6 + 1)
        assert 0 <= pace.carry <= rate * 10_000_000 + PLACE


def test_the_first_in_a_new_queue_need_not_wait_for_a_place_to_grow():
    limits = Limits(rate=1)

    first = due(Pace(), limits, Taken(), 5, START)
    soon = due(first.pace, limits, Taken(), 4, START + timedelta(seconds=9))

    assert (first.places, soon.places) == (1, 0)


def test_a_rate_below_one_a_tick_adds_up():
    limits, pace, admitted = Limits(rate=30), Pace(0, START), []

    for second in range(1, 7):
        places, pace = due(pace, limits, Taken(), MANY, START + timedelta(seconds=second))
        admitted.append(places)

    assert admitted == [0, 1, 0, 1, 0, 1]


def test_credit_that_a_batch_left_over_is_spent_by_the_next():
    limits, now = Limits(rate=60_000), START + timedelta(seconds=1)

    first = due(Pace(0, START), limits, Taken(), 256, now)
    second = due(first.pace, limits, Taken(), MANY, now)

    assert (first.places, second.places) == (256, 744)


def test_rate_zero_admits_nobody_and_saves_nothing_up():
    paused = due(Pace(), Limits(rate=0), Taken(), MANY, START + timedelta(hours=1))
    resumed = due(paused.pace, Limits(rate=60), Taken(), MANY, START + timedelta(hours=1))

    assert (paused.places, resumed.places) == (0, 1)


def test_no_rate_means_as_fast_as_possible():
    assert due(Pace(), Limits(), Taken(), 777, START).places == 777
    assert due(Pace(), Limits(max_active=5), Taken(active=2), 777, START).places == 3


def test_a_clock_that_a_rival_has_overtaken_earns_nothing_twice():
    limits = Limits(rate=60_000)

    ahead = due(Pace(0, START), limits, Taken(), MANY, START + timedelta(seconds=2))
    behind = due(ahead.pace, limits, Taken(), MANY, START + timedelta(seconds=1))
    then = due(behind.pace, limits, Taken(), MANY, START + timedelta(seconds=3))

    assert (ahead.places, behind.places, then.places) == (2000, 0, 1000)


def test_a_clock_set_back_an_hour_does_not_stop_admission_for_an_hour():
    limits, back = Limits(rate=60), START - timedelta(hours=1)

    first = due(Pace(0, START), limits, Taken(), MANY, back)
    second = due(first.pace, limits, Taken(), MANY, back + timedelta(seconds=2))

    assert (first.places, second.places) == (0, 2)


@pytest.mark.parametrize(
    ("limits", "taken", "free"),
    [
        (Limits(), Taken(10, 10, 10), None),
        (Limits(stock=10), Taken(held=3, sold=4), 3),
        (Limits(stock=10), Taken(held=3, sold=7), 0),
        (Limits(stock=10), Taken(held=3, sold=9), 0),
        (Limits(stock=10, units_per_admission=4), Taken(), 2),
        (Limits(stock=10, units_per_admission=4), Taken(held=4, sold=4), 0),
        (Limits(stock=0), Taken(), 0),
        (Limits(max_active=5), Taken(active=3), 2),
        (Limits(max_active=5), Taken(active=8), 0),
        (Limits(stock=10, max_active=5), Taken(held=9, active=1), 1),
    ],
)
def test_free_places_are_what_stock_and_checkout_leave(limits, taken, free):
    assert free_places(limits, taken) == free


@pytest.mark.parametrize(
    ("limits", "taken", "over"),
    [
        (Limits(), Taken(), False),
        (Limits(stock=10), Taken(sold=9), False),
        (Limits(stock=10), Taken(held=1, sold=9), False),
        (Limits(stock=10), Taken(sold=10), True),
        (Limits(stock=10), Taken(sold=11), True),
        (Limits(stock=10, units_per_admission=2), Taken(sold=9), True),
        (Limits(stock=10, units_per_admission=2), Taken(held=2, sold=8), False),
        (Limits(stock=0), Taken(), True),
    ],
)
def test_it_is_sold_out_when_nothing_can_come_back(limits, taken, over):
    assert sold_out(limits, taken) is over


class Checkout(RuleBasedStateMachine):
    """A shop with stock: whatever happens in it, nothing is oversold."""

    def __init__(self):
        super().__init__()
        self.limits = Limits(rate=6_000, stock=50, units_per_admission=3, max_active=7)
        self.pace, self.now = Pace(), START
        self.active = self.sold = 0

    @property
    def taken(self):
        return Taken(self.active * 3, self.sold * 3, self.active)

    @rule(milliseconds=st.integers(0, 100_000), waiting=st.integers(0, 100))
    def admit(self, milliseconds, waiting):
        self.now += timedelta(milliseconds=milliseconds)
        answer = due(self.pace, self.limits, self.taken, waiting, self.now)
        assert isinstance(answer, Due)
        self.pace = answer.pace
        self.active += answer.places

    @rule()
    def complete(self):
        if self.active:
            self.active, self.sold = self.active - 1, self.sold + 1

    @rule()
    def expire(self):
        self.active = max(0, self.active - 1)

    @invariant()
    def never_above_stock_or_bound(self):
        assert (self.active + self.sold) * 3 <= 50
        assert self.active <= 7
        assert not sold_out(self.limits, self.taken) or self.active == 0


TestCheckout = Checkout.TestCase
