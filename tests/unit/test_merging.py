"""Which entry stays when a guest turns out to be somebody known."""

from hypothesis import given
from hypothesis import strategies as st

from integration.engine.merging import Entry, choose
from integration.engine.participations import LIVE, ParticipationState

S = ParticipationState


@st.composite
def situations(draw):
    """Up to two people's entries in one distribution: each has at most one current."""
    numbers = iter(draw(st.permutations(range(1, 9))))
    entries = []
    for _ in range(2):
        current = draw(st.sampled_from([None, S.QUEUED, S.ADMITTED, S.COMPLETED, S.DENIED]))
        past = draw(st.lists(st.sampled_from([S.LEFT, S.DENIED]), max_size=2))
        states = [*((state, False) for state in past), *([(current, True)] if current else [])]
        for (state, is_current), number in zip(states, numbers, strict=False):
            entries.append(Entry(f"ent_{number}", state, number, is_current))
    return entries


def model(entries):
    """The contract's sentence, in the order that one reads it."""
    live = [e for e in entries if e.state in LIVE]
    for state in (S.ADMITTED, S.QUEUED):
        found = sorted(e.number for e in live if e.state == state)
        if found:
            return state, found[0]
    return None


@given(situations())
def test_at_most_one_live_entry_stays(entries):
    choice = choose(entries)

    live = {each.id for each in entries if each.state in LIVE}
    assert len(live - set(choice.leaving)) <= 1
    assert set(choice.leaving) <= live


@given(situations())
def test_nobody_loses_the_better_place(entries):
    choice = choose(entries)

    best = model(entries)
    bought = any(each.state is S.COMPLETED for each in entries)
    if best is not None and (best[0] is S.ADMITTED or not bought):
        assert choice.current == f"ent_{best[1]}"
    elif bought:
        assert choice.current in {each.id for each in entries if each.state is S.COMPLETED}


@given(situations())
def test_only_what_is_live_or_was_current_is_current(entries):
    choice = choose(entries)

    may = {each.id for each in entries if each.current}
    assert choice.current is None or choice.current in may
    assert choice.current not in choice.leaving


@given(situations(), st.randoms())
def test_the_order_of_the_rows_does_not_matter(entries, random):
    shuffled = random.sample(entries, len(entries))

    one, other = choose(entries), choose(shuffled)

    assert (one.current, sorted(one.leaving)) == (other.current, sorted(other.leaving))


def test_a_leading_bid_stays():
    entries = [
        Entry("ent_1", S.QUEUED, 1, current=True, outcome="OUTBID"),
        Entry("ent_2", S.QUEUED, 2, current=True, outcome="WINNING"),
    ]

    assert choose(entries).current == "ent_2"


def test_nothing_comes_of_nothing():
    assert choose([]).current is None
