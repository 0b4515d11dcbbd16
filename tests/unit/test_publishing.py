"""What publishing asks for and warns of, and what may change after it."""

from datetime import UTC, datetime

import pytest

from integration.engine.changes import wire_name
from integration.engine.publishing import Offer, Plan, missing, warnings
from integration.engine.schedules import BadSchedule, check_order, read_times

TEN = datetime(2030, 1, 1, 10, tzinfo=UTC)
ELEVEN = datetime(2030, 1, 1, 11, tzinfo=UTC)


def offer(**given):
    values = {"id": "queue_1", "name": "Main", "sequence_id": "seq_1", "open_at": None}
    return Offer(**{**values, "close_at": None, **given})


def plan(**given):
    values = {"sequence_ids": ["seq_1"], "offers": [offer()], "has_checkout": True}
    return Plan(**{**values, **given})


def test_a_whole_plan_lacks_nothing():
    assert missing(plan(), TEN) == []


def test_everything_that_is_missing_is_told_at_once():
    bare = plan(sequence_ids=["seq_2"], offers=[offer(lacks_stock=True)], has_checkout=False)

    assert [each.field for each in missing(bare, TEN)] == [
        "checkoutUrl",
        "sequences.seq_2",
        "distributions.queue_1.stock",
    ]


def test_times_that_have_passed_and_hours_that_are_none_are_missing():
    over = offer(due={"closeAt": TEN, "drawAt": ELEVEN, "settleAt": None}, lacks_hours=True)

    found = missing(plan(close_at=TEN, offers=[over]), TEN)

    assert [each.field for each in found] == [
        "closeAt",
        "distributions.queue_1.closeAt",
        "distributions.queue_1.weeklyHours",
    ]


def test_each_kinds_own_limit_is_compared_with_the_audience():
    drawn = plan(expected_audience=1000, offers=[offer(is_draw=True)])

    assert "limits.drawEntry" in warnings(drawn, 1000, 999)[0]
    assert warnings(plan(expected_audience=1000), 1000, 999) == []


def test_what_lets_nobody_through_is_told():
    shut = plan(unverified_connection=True, offers=[offer(admits_nobody=True)])

    told = " ".join(warnings(shut, 1))

    assert "not been verified" in told
    assert "admits nobody" in told


@pytest.mark.parametrize(
    ("audience", "per_minute", "said"),
    [(None, 1, None), (1000, 1000, None), (1001, 1000, "2 minutes"), (5, 0, "for ever")],
)
def test_a_limit_below_the_audience_is_told(audience, per_minute, said):
    told = warnings(plan(expected_audience=audience), per_minute)

    assert bool(told) is (said is not None)
    assert said is None or said in told[0]


@pytest.mark.parametrize(
    ("opens", "closes", "count"),
    [(None, None, 2), (TEN, ELEVEN, 0), (ELEVEN, None, 1), (None, ELEVEN, 1)],
)
def test_times_that_differ_from_the_experiences_are_told(opens, closes, count):
    timed = plan(open_at=TEN, close_at=ELEVEN, offers=[offer(open_at=opens, close_at=closes)])

    assert len(warnings(timed, 1)) == count


@pytest.mark.parametrize(
    ("name", "wire"),
    [("open_at", "openAt"), ("details", "metadata"), ("i18n", "i18n"), ("name", "name")],
)
def test_columns_have_their_names_on_the_wire(name, wire):
    assert wire_name(name) == wire


def test_naive_times_are_read_in_their_zone():
    given = {"open_at": datetime(2030, 7, 1, 12), "close_at": TEN, "name": "Main"}  # noqa: DTZ001

    read = read_times(given, "Europe/Berlin")

    assert read == {
        "open_at": datetime(2030, 7, 1, 10, tzinfo=UTC),
        "close_at": TEN,
        "name": "Main",
    }


@pytest.mark.parametrize("close_at", [TEN, datetime(2030, 1, 1, 9, tzinfo=UTC)])
def test_closing_comes_after_opening(close_at):
    with pytest.raises(BadSchedule):
        check_order(TEN, close_at)
    check_order(TEN, None)
    check_order(TEN, ELEVEN)
