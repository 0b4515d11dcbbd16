from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from integration.engine.entering import Closed, Full, NotOpenYet, SoldOut
from integration.engine.kinds import KINDS, ChoiceOrder, DistributionType
from integration.engine.kinds.timed_release import (
    Mine,
    Verdict,
    Wave,
    decide,
    next_wave,
    released,
)
from integration.engine.pacing import Limits, Pace, Taken
from integration.engine.windows import DistributionState, Window

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ACTIVE, PAUSED, ENDED = DistributionState
OPEN = Window(ACTIVE, NOW, NOW + 3600 * SECOND)
WAVES = (Wave(NOW, 5), Wave(NOW + 60 * SECOND, 3))

release = KINDS[DistributionType.TIMED_RELEASE]


def test_nobody_waits_inside_a_release():
    pace = Pace(7, NOW)

    assert release.order == ChoiceOrder.AT_ENTRY
    assert release.default_admission_seconds == 900
    assert release.places(pace, Limits(), Taken(), 100, NOW) == (0, pace)
    assert release.may_choose(OPEN, NOW)
    assert not release.may_choose(OPEN._replace(state=PAUSED), NOW)
    assert not release.may_choose(OPEN, NOW + 3600 * SECOND)


@pytest.mark.parametrize(
    ("waves", "stock", "seconds", "units"),
    [
        ((), None, 0, None),
        ((), 9, 0, 9),
        (WAVES, None, -1, 0),
        (WAVES, None, 0, 5),
        (WAVES, None, 60, 8),
        (WAVES, 7, 60, 7),
        (tuple(reversed(WAVES)), 100, 59, 5),
    ],
)
def test_waves_release_the_stock_over_time(waves, stock, seconds, units):
    assert released(waves, stock, NOW + seconds * SECOND) == units


def test_the_next_wave_is_the_first_to_come():
    assert next_wave(WAVES, NOW - SECOND) == NOW
    assert next_wave(WAVES, NOW) == NOW + 60 * SECOND
    assert next_wave(WAVES, NOW + 60 * SECOND) is None
    assert next_wave((), NOW) is None


@pytest.mark.parametrize(
    ("limits", "taken"),
    [
        (Limits(), Taken(held=9, sold=9)),
        (Limits(stock=10), Taken(held=4, sold=5)),
        (Limits(stock=10, units_per_admission=2), Taken(held=4, sold=4)),
    ],
)
def test_it_admits_while_there_is_some(limits, taken):
    assert decide(OPEN, limits, taken, NOW) is Verdict.ADMIT


@pytest.mark.parametrize(
    ("limits", "taken", "error"),
    [
        (Limits(stock=10), Taken(held=5, sold=5), Full),
        (Limits(stock=10), Taken(sold=10), SoldOut),
        (Limits(stock=10, units_per_admission=3), Taken(sold=9), SoldOut),
        (Limits(stock=0), Taken(), SoldOut),
    ],
)
def test_what_is_held_may_come_back_and_what_is_sold_does_not(limits, taken, error):
    with pytest.raises(error):
        decide(OPEN, limits, taken, NOW)


def test_between_waves_one_is_told_when_to_come_again():
    with pytest.raises(Full) as full:
        decide(OPEN, Limits(stock=8), Taken(sold=5), NOW + 0.5 * SECOND, waves=WAVES)

    assert (full.value.retry_after, full.value.status) == (60, 429)
    assert full.value.error == "Timed release is full"


def test_after_the_last_wave_sold_out_is_sold_out():
    later = NOW + 60 * SECOND

    with pytest.raises(SoldOut):
        decide(OPEN, Limits(), Taken(sold=8), later, waves=WAVES)


@pytest.mark.parametrize(
    ("window", "error"),
    [
        (OPEN._replace(open_at=NOW + SECOND), NotOpenYet),
        (OPEN._replace(close_at=NOW), Closed),
        (OPEN._replace(state=ENDED), Closed),
        (OPEN._replace(state=PAUSED), Full),
    ],
)
def test_outside_of_its_time_it_admits_nobody(window, error):
    with pytest.raises(error):
        decide(window, Limits(), Taken(), NOW)


def test_a_full_house_is_full():
    with pytest.raises(Full) as full:
        decide(OPEN, Limits(), Taken(), NOW, capacity_left=0)

    assert full.value.retry_after == 30
    assert decide(OPEN, Limits(), Taken(), NOW, capacity_left=1) is Verdict.ADMIT


@pytest.mark.parametrize(
    ("mine", "limit", "verdict"),
    [
        (Mine(), 1, Verdict.ADMIT),
        (Mine(live=1), 5, Verdict.KEEP),
        (Mine(completed=1), 1, Verdict.KEEP),
        (Mine(completed=1), 2, Verdict.ADMIT),
        (Mine(completed=2), 2, Verdict.KEEP),
    ],
)
def test_one_at_a_time_and_no_more_than_the_limit(mine, limit, verdict):
    said = decide(OPEN, Limits(), Taken(), NOW, mine=mine, per_consumer_limit=limit)

    assert said is verdict


def test_whoever_is_in_is_told_so_even_when_it_has_closed():
    over = OPEN._replace(state=ENDED)

    assert decide(over, Limits(stock=0), Taken(), NOW, mine=Mine(live=1)) is Verdict.KEEP


class Shop(RuleBasedStateMachine):
    """People come, pay and give up in any order; two lists of names are the model."""

    @initialize(stock=st.none() | st.integers(0, 12), waves=st.booleans(), limit=st.integers(1, 3))
    def start(self, stock, waves, limit):
        self.limits, self.limit = Limits(stock=stock, units_per_admission=2), limit
        self.waves = WAVES if waves else ()
        self.now, self.live, self.bought = NOW, [], []

    @rule(seconds=st.integers(0, 40))
    def wait(self, seconds):
        self.now += seconds * SECOND

    @rule(who=st.sampled_from("abc"))
    def enter(self, who):
        mine = Mine(self.live.count(who), self.bought.count(who))
        taken = Taken(2 * len(self.live), 2 * len(self.bought), len(self.live))
        try:
            verdict = decide(
                OPEN,
                self.limits,
                taken,
                self.now,
                waves=self.waves,
                mine=mine,
                per_consumer_limit=self.limit,
            )
        except (Full, SoldOut) as refused:
            assert self.allowed() - self.used() < 2
            if isinstance(refused, SoldOut):
                assert not self.live
                assert next_wave(self.waves, self.now) is None
        else:
            assert (verdict is Verdict.KEEP) == bool(
                who in self.live or self.bought.count(who) >= self.limit
            )
            if verdict is Verdict.ADMIT:
                self.live.append(who)

    @rule(who=st.sampled_from("abc"), pays=st.booleans())
    def finish(self, who, pays):
        if who in self.live:
            self.live.remove(who)
            self.bought += [who] if pays else []

    def allowed(self):
        units = sum(wave.quantity for wave in self.waves if wave.at <= self.now)
        bounds = [units] if self.waves else []
        return min([*bounds, 99 if self.limits.stock is None else self.limits.stock])

    def used(self):
        return 2 * (len(self.live) + len(self.bought))

    @invariant()
    def never_oversold(self):
        assert self.used() <= self.allowed()
        assert all(self.bought.count(who) <= self.limit for who in "abc")
        assert len(self.live) == len(set(self.live))


TestShop = Shop.TestCase
TestShop.settings = settings(max_examples=50, stateful_step_count=25)
