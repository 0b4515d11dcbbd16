from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.kinds import KINDS, ChoiceOrder, DistributionType
from integration.engine.kinds.waitlist import (
    WAITLIST_SOURCES,
    WaitlistState,
    joined,
    sequence_open,
)
from integration.engine.pacing import Limits, Pace, Taken
from integration.engine.windows import DistributionState, Window

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACTIVE, PAUSED, ENDED = DistributionState
WAITLISTED, NOTIFIED, LEFT = WaitlistState

waitlist = KINDS[DistributionType.WAITLIST]


def test_a_waitlist_never_admits_anybody():
    pace = Pace(7, NOW)

    assert waitlist.order == ChoiceOrder.NOBODY
    assert not waitlist.may_choose(Window(ACTIVE), NOW)
    assert waitlist.places(pace, Limits(), Taken(), 100, NOW) == (0, pace)


@pytest.mark.parametrize(
    ("windows", "is_open"),
    [
        ([], False),
        ([Window(ACTIVE, NOW + HOUR)], False),
        ([Window(ACTIVE, NOW + HOUR, lobby_opens_at=NOW)], False),
        ([Window(PAUSED)], False),
        ([Window(ENDED)], False),
        ([Window(ENDED), Window(ACTIVE, NOW)], True),
    ],
)
def test_a_sequence_opens_with_the_first_of_its_distributions(windows, is_open):
    assert sequence_open(windows, NOW) is is_open


@pytest.mark.parametrize(
    ("before", "is_open", "after"),
    [
        (None, False, WAITLISTED),
        (None, True, NOTIFIED),
        (WAITLISTED, False, WAITLISTED),
        (WAITLISTED, True, NOTIFIED),
        (NOTIFIED, False, NOTIFIED),
        (LEFT, False, WAITLISTED),
        (LEFT, True, NOTIFIED),
    ],
)
def test_joining_answers_at_once_where_it_is_open(before, is_open, after):
    assert joined(before, is_open=is_open) is after


@given(st.lists(st.sampled_from(["join", "leave", "open", "close"]), max_size=20))
def test_whatever_happens_every_step_is_lawful_and_nobody_is_told_too_early(steps):
    state, is_open, ever_open = None, False, False

    for step in steps:
        before = state
        if step in {"open", "close"}:
            is_open = step == "open"
            ever_open |= is_open
            state = NOTIFIED if is_open and state is WAITLISTED else state
        elif step == "join":
            state = joined(state, is_open=is_open)
        elif state is WAITLISTED:
            state = LEFT
        assert state in {None, before} or before is None or before in WAITLIST_SOURCES[state]
        assert state is not NOTIFIED or ever_open
        assert not (is_open and state is WAITLISTED)
