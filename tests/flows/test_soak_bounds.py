"""Which places the soak takes for right, by what the record says before and after."""

from datetime import UTC, datetime

import pytest

from integration.engine.lobby import IN_ORDER
from tests.flows.soak import Snapshot, bounds

EARLY, LATE = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)


def moment(here, away=(), fenced=()):
    return Snapshot(IN_ORDER, here, frozenset(away), frozenset(fenced))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (moment({1: None, 2: EARLY}), moment({1: None, 2: EARLY}), (3, 3)),
        (moment({1: None}), moment({1: None, 2: None}), (2, 3)),
        (moment({1: None}, away=[2]), moment({1: None, 2: EARLY}), (2, 3)),
        (moment({1: None}, fenced=[2]), moment({1: None}), (2, 3)),
        (moment({1: None, 2: EARLY}), moment({1: None, 2: LATE}), (2, 3)),
    ],
    ids=["waits", "enters", "comes back", "is being told", "goes and comes back"],
)
def test_who_is_ahead_for_certain_and_who_may_be(before, after, expected):
    assert bounds(7, before, after) == expected
