from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.kinds import KINDS, SERVED_IN_TURN, ChoiceOrder, DistributionType
from integration.engine.pacing import Limits, Pace, Taken
from integration.engine.windows import DistributionState, Window

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACTIVE, PAUSED, ENDED = DistributionState

queue = KINDS[DistributionType.QUEUE]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_goes_by_its_name_and_has_a_lawful_admission_time(kind):
    assert KINDS[kind.name] is kind
    assert 60 <= kind.default_admission_seconds <= 604_800


def test_every_type_has_its_kind_and_only_queues_are_served_in_turn():
    assert set(KINDS) == set(DistributionType)
    assert SERVED_IN_TURN == (DistributionType.QUEUE,)


def test_a_queue_serves_in_turn_and_gives_a_quarter_of_an_hour():
    assert queue.order == ChoiceOrder.IN_TURN
    assert queue.default_admission_seconds == 900


@pytest.mark.parametrize(
    ("window", "may"),
    [
        (Window(ACTIVE), True),
        (Window(ACTIVE, open_at=NOW), True),
        (Window(ACTIVE, open_at=NOW + HOUR), False),
        (Window(ACTIVE, close_at=NOW - HOUR), True),
        (Window(PAUSED), False),
        (Window(ENDED), False),
    ],
)
def test_a_queue_chooses_from_opening_on_and_after_closing_but_not_while_paused(window, may):
    assert queue.may_choose(window, NOW) is may


@given(
    waiting=st.integers(0, 10**6),
    rate=st.none() | st.integers(0, 10**6),
    stock=st.none() | st.integers(0, 10**4),
)
def test_a_queue_never_chooses_more_than_wait_or_than_there_is(waiting, rate, stock):
    places, _ = queue.places(Pace(), Limits(rate=rate, stock=stock), Taken(), waiting, NOW)

    assert 0 <= places <= min(waiting, waiting if stock is None else stock)
