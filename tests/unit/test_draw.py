from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from integration.engine.kinds import KINDS, ChoiceOrder, DistributionType
from integration.engine.kinds.draw import (
    DrawRules,
    DrawStatus,
    TicketRule,
    backups_lost,
    draw_status,
    may_draw,
    replacements,
    tickets_of,
)
from integration.engine.pacing import Limits, Pace, Taken
from integration.engine.participations import ParticipationState
from integration.engine.windows import DistributionState, Window

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACTIVE, PAUSED, ENDED = DistributionState
QUEUED, ADMITTED, COMPLETED, DENIED, LEFT = ParticipationState
CLOSED = Window(ACTIVE, NOW - 2 * HOUR, NOW - HOUR)
RULES = DrawRules(draw_at=NOW, winner_count=3, backup_count=5, continue_selecting=True)

draw = KINDS[DistributionType.DRAW]


def test_a_draw_admits_nobody_for_having_waited():
    pace = Pace(7, NOW)

    assert draw.order == ChoiceOrder.BY_RANK
    assert draw.default_admission_seconds == 86_400
    assert draw.places(pace, Limits(), Taken(), 100, NOW) == (0, pace)


@pytest.mark.parametrize(
    ("window", "draw_at", "lacks_beacon", "by_hand", "may"),
    [
        (CLOSED, NOW, False, False, True),
        (CLOSED, NOW + HOUR, False, False, False),
        (CLOSED, NOW + HOUR, False, True, True),
        (CLOSED, NOW, True, False, False),
        (CLOSED, NOW, True, True, False),
        (CLOSED._replace(close_at=NOW), NOW, False, False, True),
        (CLOSED._replace(close_at=NOW + HOUR), NOW, False, False, False),
        (CLOSED._replace(close_at=NOW + HOUR), NOW, False, True, False),
        (CLOSED._replace(close_at=None), NOW, False, True, False),
        (CLOSED._replace(state=PAUSED), NOW, False, False, False),
        (CLOSED._replace(state=ENDED), NOW, False, True, False),
    ],
)
def test_it_draws_after_closing_at_its_time_and_not_without_its_beacon(
    window, draw_at, lacks_beacon, by_hand, may
):
    rules = RULES._replace(draw_at=draw_at)

    assert may_draw(window, rules, NOW, lacks_beacon=lacks_beacon, by_hand=by_hand) is may


@pytest.mark.parametrize(
    ("window", "drawn", "status"),
    [
        (Window(ACTIVE, NOW + HOUR), False, DrawStatus.PENDING),
        (Window(ACTIVE, NOW - HOUR), False, DrawStatus.OPEN),
        (Window(PAUSED, NOW - HOUR), False, DrawStatus.OPEN),
        (CLOSED, False, DrawStatus.CLOSED),
        (Window(ENDED), False, DrawStatus.CLOSED),
        (CLOSED, True, DrawStatus.DRAWN),
        (Window(ENDED), True, DrawStatus.DRAWN),
    ],
)
def test_what_consumers_are_told_of_a_draw(window, drawn, status):
    assert draw_status(window, NOW, drawn=drawn) is status


@pytest.mark.parametrize(
    ("value", "tickets"),
    [
        (3, 3),
        ("3", 3),
        (" 4 ", 4),
        (2.9, 2),
        (Decimal("5.0"), 5),
        (5, 5),
        (6, 5),
        ("1e99", 5),
        ("1e999999999", 5),
        (float("inf"), 5),
        (0, 1),
        (-7, 1),
        ("-1e999999999", 1),
        ("many", 1),
        ("", 1),
        (None, 1),
        (True, 1),
        (float("nan"), 1),
        ("sNaN", 1),
        ([9], 1),
        ({"n": 9}, 1),
    ],
)
def test_tickets_are_what_the_field_says_within_bounds_and_else_one(value, tickets):
    assert tickets_of(TicketRule("points", 5), {"points": value}) == tickets


def test_without_a_rule_or_the_field_everybody_has_one_ticket():
    assert tickets_of(None, {"points": 9}) == 1
    assert tickets_of(TicketRule("points", 5), {}) == 1


def test_nobody_holds_more_than_a_hundred_tickets():
    assert tickets_of(TicketRule("points", 1000), {"points": 1000}) == 100


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.decimals())
def test_whatever_the_field_holds_the_tickets_stay_lawful(value):
    assert 1 <= tickets_of(TicketRule("points", 7), {"points": value}) <= 7


@pytest.mark.parametrize(
    ("continues", "live", "completed", "free", "count"),
    [
        (True, 3, 0, None, 0),
        (True, 2, 0, None, 1),
        (True, 0, 1, None, 2),
        (True, 0, 4, None, 0),
        (True, 0, 0, 1, 1),
        (True, 0, 0, -1, 0),
        (False, 0, 0, None, 0),
    ],
)
def test_a_winner_who_expires_is_replaced_where_the_merchant_says_so(
    continues, live, completed, free, count
):
    rules = RULES._replace(continue_selecting=continues)

    assert replacements(rules, live=live, completed=completed, free=free) == count


@pytest.mark.parametrize(
    ("continues", "live", "completed", "free", "lost"),
    [
        (True, 1, 2, None, False),
        (True, 0, 3, None, True),
        (True, 0, 2, None, False),
        (True, 0, 2, 0, True),
        (False, 1, 0, None, False),
        (False, 0, 0, None, True),
    ],
)
def test_backups_have_lost_when_no_winner_can_still_expire(continues, live, completed, free, lost):
    rules = RULES._replace(continue_selecting=continues)

    assert backups_lost(rules, live=live, completed=completed, free=free) is lost


class Waves(RuleBasedStateMachine):
    """Winners pay or do not, in any order; a list of names is the model."""

    @initialize(winners=st.integers(1, 4), backups=st.integers(0, 4), stock=st.integers(0, 6))
    def start(self, winners, backups, stock):
        self.rules = DrawRules(NOW, winners, backups, continue_selecting=True)
        self.stock, self.completed = stock, []
        ranked = [f"ent_{number}" for number in range(winners + backups)]
        self.live, self.backups = ranked[: min(winners, stock)], ranked[winners:]
        self.seen = list(self.live)

    @property
    def counts(self):
        free = self.stock - len(self.live) - len(self.completed)
        return {"live": len(self.live), "completed": len(self.completed), "free": free}

    @rule(which=st.integers(0, 3))
    def complete(self, which):
        if which < len(self.live):
            self.completed.append(self.live.pop(which))

    @rule(which=st.integers(0, 3))
    def expire(self, which):
        del self.live[which : which + 1]
        count = replacements(self.rules, **self.counts)
        called, self.backups = self.backups[:count], self.backups[count:]
        self.live += called
        self.seen += called

    @invariant()
    def never_more_than_won_or_than_there_are(self):
        bound = min(self.rules.winner_count, self.stock)
        assert len(self.live) + len(self.completed) <= bound

    @invariant()
    def called_in_rank_order_and_once(self):
        assert self.seen == sorted(set(self.seen))

    @invariant()
    def nobody_is_told_no_while_a_place_may_come_free(self):
        if self.backups and backups_lost(self.rules, **self.counts):
            assert not self.live
            assert len(self.completed) == min(self.rules.winner_count, self.stock)


TestWaves = Waves.TestCase
TestWaves.settings = settings(max_examples=40, stateful_step_count=20)
