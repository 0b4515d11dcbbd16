"""Sharing out places where some are away, beside a model; tickets of a lobby."""

from hypothesis import given
from hypothesis import strategies as st

from integration.engine.lobby import IN_ORDER, Deal
from integration.engine.turns import share_out


@given(st.lists(st.booleans(), max_size=30), st.integers(-1, 12))
def test_places_go_to_the_first_who_are_there(away, places):
    first = list(range(len(away)))

    chosen, passed = share_out(first, lambda each: away[each], places)

    present = [each for each in first if not away[each]]
    assert chosen == present[: max(0, places)]
    behind = chosen[-1] if len(chosen) == places > 0 else (len(first) if places > 0 else -1)
    assert passed == [each for each in first if away[each] and each < behind]


@given(st.binary(min_size=32, max_size=32), st.integers(0, 300), st.integers(1, 50))
def test_tickets_and_numbers_are_each_others_inverse(seed, size, late):
    deal = Deal(seed, size)
    numbers = range(1, size + late + 1)

    tickets = [deal.ticket(number) for number in numbers]

    assert sorted(tickets) == list(numbers)
    assert [deal.number(ticket) for ticket in tickets] == list(numbers)
    assert tickets[size:] == list(numbers)[size:]


@given(st.integers(1, 10**9))
def test_without_a_shuffle_the_ticket_is_the_number(number):
    assert IN_ORDER.ticket(number) == IN_ORDER.number(number) == number
