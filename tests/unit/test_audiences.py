from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integration.engine.audiences import Operator, Rule, facts, included

KNOWN = facts(
    email="Ann@Example.com",
    phone="+15551234567",
    external_id="007",
    created_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    authenticated=True,
    metadata={
        "tier": "Gold",
        "points": 120,
        "spent": "99.50",
        "since": "2020-05-01",
        "tags": ["vip", "press"],
        "member": True,
        "email": "another@example.org",
        "nothing": None,
    },
)


def holds(field, operator, *values):
    return included([Rule(field, Operator(operator), values)], KNOWN)


@pytest.mark.parametrize(
    ("field", "operator", "values", "answer"),
    [
        ("tier", "EQUALS", ["gold"], True),
        ("tier", "EQUALS", ["silver", "gold"], True),
        ("tier", "EQUALS", ["gol"], False),
        ("tier", "NOT_EQUALS", ["silver"], True),
        ("tier", "NOT_EQUALS", ["silver", "gold"], False),
        ("tier", "IN", ["silver", "gold"], True),
        ("tier", "NOT_IN", ["silver", "gold"], False),
        ("tier", "CONTAINS", ["OL"], True),
        ("tier", "NOT_CONTAINS", ["OL"], False),
        ("tier", "GREATER_THAN", ["a"], False),
        ("emailDomain", "EQUALS", ["example.com"], True),
        ("email", "CONTAINS", ["@example."], True),
        ("externalId", "EQUALS", ["7"], False),
        ("externalId", "EQUALS", [7], True),
        ("points", "EQUALS", ["120"], True),
        ("points", "EQUALS", [120.0], True),
        ("points", "GREATER_THAN", [119], True),
        ("points", "GREATER_THAN", [120], False),
        ("points", "GREATER_THAN_OR_EQUAL", ["120.00"], True),
        ("points", "LESS_THAN", ["1e3"], True),
        ("points", "LESS_THAN", ["many"], False),
        ("points", "LESS_THAN_OR_EQUAL", [Decimal("119.99")], False),
        ("spent", "LESS_THAN", [100], True),
        ("spent", "GREATER_THAN", ["9.5"], True),
        ("since", "LESS_THAN", ["2021-01-01"], True),
        ("since", "GREATER_THAN", ["2021-01-01T00:00:00Z"], False),
        ("createdAt", "GREATER_THAN_OR_EQUAL", ["2026-03-01T13:00:00+01:00"], True),
        ("createdAt", "LESS_THAN", ["2026-03-01T13:00:00+01:00"], False),
        ("tags", "CONTAINS", ["VIP"], True),
        ("tags", "IN", ["staff"], False),
        ("tags", "NOT_CONTAINS", ["staff"], True),
        ("tags", "NOT_CONTAINS", ["press"], False),
        ("member", "EQUALS", [True], True),
        ("member", "EQUALS", ["true"], True),
        ("member", "EQUALS", [1], False),
        ("member", "GREATER_THAN", [0], False),
        ("authenticated", "EQUALS", ["false"], False),
        ("missing", "EQUALS", ["x"], False),
        ("missing", "NOT_EQUALS", ["x"], True),
        ("nothing", "NOT_IN", ["x"], True),
        ("missing", "LESS_THAN", [5], False),
        ("tier", "EQUALS", [], False),
        ("tier", "EQUALS", [None], False),
        ("points", "GREATER_THAN", ["NaN"], False),
        ("points", "LESS_THAN", [float("inf")], False),
        ("metadata.tier", "EQUALS", ["gold"], True),
        ("metadata.email", "EQUALS", ["another@example.org"], True),
        ("email", "EQUALS", ["another@example.org"], False),
    ],
)
def test_what_holds_of_somebody(field, operator, values, answer):
    assert holds(field, operator, *values) is answer


YES = Rule("tier", Operator.EQUALS, ["gold"])
NO = Rule("tier", Operator.EQUALS, ["lead"])


@pytest.mark.parametrize(
    ("rules", "answer"),
    [
        ([], False),
        ([YES], True),
        ([YES, NO], False),
        ([YES._replace(group_id="a"), NO._replace(group_id="b")], True),
        ([YES._replace(group_id="a"), NO._replace(group_id="a")], False),
        ([NO, YES._replace(group_id="a")], True),
        ([NO._replace(group_id="a"), YES, NO._replace(group_id="a")], True),
    ],
)
def test_all_of_a_group_must_hold_and_one_group_is_enough(rules, answer):
    assert included(rules, KNOWN) is answer


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4)
OPPOSITES = {
    Operator.EQUALS: Operator.NOT_EQUALS,
    Operator.IN: Operator.NOT_IN,
    Operator.CONTAINS: Operator.NOT_CONTAINS,
}


@given(fact=VALUES | st.lists(VALUES), values=st.lists(VALUES), operator=st.sampled_from(Operator))
def test_anything_may_be_compared_with_anything(fact, values, operator):
    answer = included([Rule("it", operator, values)], {"it": fact})

    assert answer in {True, False}
    if operator in OPPOSITES:
        assert included([Rule("it", OPPOSITES[operator], values)], {"it": fact}) is not answer


@given(fact=st.integers(-50, 50), value=st.integers(-50, 50), as_text=st.booleans())
def test_numbers_compare_as_numbers_do(fact, value, as_text):
    known = {"it": str(fact) if as_text else fact}

    said = {operator: included([Rule("it", operator, [value])], known) for operator in Operator}

    assert said[Operator.GREATER_THAN] is (fact > value)
    assert said[Operator.GREATER_THAN_OR_EQUAL] is (fact >= value)
    assert said[Operator.LESS_THAN] is (fact < value)
    assert said[Operator.LESS_THAN_OR_EQUAL] is (fact <= value)
    assert said[Operator.EQUALS] is (fact == value)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.booleans()), max_size=8))
def test_groups_are_an_or_of_ands(drawn):
    rules = [(YES if yes else NO)._replace(group_id=group) for group, yes in drawn]

    expected = any(
        all(yes for group, yes in drawn if group == name) for name in {group for group, _ in drawn}
    )
    assert included(rules, KNOWN) is expected


def test_of_a_stranger_nothing_is_known():
    assert not included([Rule("email", Operator.CONTAINS, ["@"])], facts())
    assert included([Rule("authenticated", Operator.EQUALS, [False])], facts())
