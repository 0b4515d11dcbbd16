from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from integration.engine.bidding import (
    Bid,
    BidRules,
    BidTooLow,
    Standing,
    current_price,
    extended,
    highest_first,
    least_bid,
    place,
    reserve_met,
)
from integration.engine.kinds.auction import settle

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HIGHER = "Bid must be higher than current bid"
INCREMENT = "Bid must meet minimum increment"


def rules(start="100.00", increment="10.00", **more):
    return BidRules(Decimal(start), Decimal(increment), **more)


def bid(bidder, amount, ceiling=None, order=0):
    return Bid(bidder, Decimal(amount), Decimal(ceiling or amount), order)


def played(by, *bids):
    """Place bids one after the other; returns the leaders, and all standings by bidder."""
    leaders, standings = [], {}
    for order, (bidder, amount, *ceiling) in enumerate(bids):
        accepted = place(by, leaders, bid(bidder, amount, *ceiling, order=order))
        leaders = accepted.leaders
        standings |= {each.bidder: each for each in accepted.changed}
    return leaders, standings


def amounts(leaders):
    return [(each.bidder, str(each.amount)) for each in leaders]


def test_the_first_bid_may_be_the_starting_price():
    leaders, _ = played(rules(), ("ann", "100.00"))

    assert amounts(leaders) == [("ann", "100.00")]
    assert current_price(rules(), leaders) == Decimal("100.00")
    assert least_bid(rules(), leaders) == Decimal("110.00")


@pytest.mark.parametrize(
    ("amount", "error"),
    [("90.00", HIGHER), ("100.00", HIGHER), ("100.01", INCREMENT), ("109.99", INCREMENT)],
)
def test_a_bid_that_is_too_low_is_told_why_and_what_would_do(amount, error):
    leaders, _ = played(rules(), ("ann", "100.00"))

    with pytest.raises(BidTooLow) as refused:
        place(rules(), leaders, bid("bob", amount))

    assert (refused.value.error, refused.value.code, refused.value.status) == (
        error,
        "BID_TOO_LOW",
        400,
    )
    assert "110.00" in str(refused.value)


def test_a_bid_below_the_starting_price_is_too_low():
    with pytest.raises(BidTooLow, match=r"100\.00") as refused:
        place(rules(), [], bid("ann", "99.99"))

    assert refused.value.error == HIGHER


@pytest.mark.parametrize(
    ("bids", "leading", "outbid_at"),
    [
        # A ceiling answers a bid below it by one increment.
        ([("ann", "100.00", "200.00"), ("bob", "150.00")], ("ann", "160.00"), "150.00"),
        # Where the increment would pass the ceiling, all of the ceiling is bid.
        ([("ann", "100.00", "155.00"), ("bob", "150.00")], ("ann", "155.00"), "150.00"),
        # Of two equal ceilings the earlier stays.
        ([("ann", "100.00", "150.00"), ("bob", "150.00")], ("ann", "150.00"), "150.00"),
        ([("ann", "100.00", "150.00"), ("bob", "110.00", "150.00")], ("ann", "150.00"), "150.00"),
        # A higher ceiling takes the lead, one increment above the one it beat.
        ([("ann", "100.00", "140.00"), ("bob", "110.00", "200.00")], ("bob", "150.00"), "140.00"),
        ([("ann", "100.00", "140.00"), ("bob", "110.00", "145.00")], ("bob", "145.00"), "140.00"),
        # Who bids more than needed pays what they said.
        ([("ann", "100.00", "140.00"), ("bob", "190.00")], ("bob", "190.00"), "140.00"),
    ],
)
def test_ceilings_bid_against_each_other(bids, leading, outbid_at):
    leaders, standings = played(rules(), *bids)
    loser = "bob" if leading[0] == "ann" else "ann"

    assert amounts(leaders) == [leading]
    assert str(standings[loser].amount) == outbid_at


def test_a_leader_may_raise_themselves_by_an_increment_and_nothing_else_moves():
    leaders, _ = played(rules(), ("ann", "100.00"))

    with pytest.raises(BidTooLow):
        place(rules(), leaders, bid("ann", "105.00", order=1))
    accepted = place(rules(), leaders, bid("ann", "110.00", order=1))

    assert amounts(accepted.leaders) == [("ann", "110.00")]
    assert (accepted.outbid, accepted.raised) == (None, True)


def test_a_leader_may_promise_more_at_the_same_amount():
    leaders, _ = played(rules(), ("ann", "100.00"))

    accepted = place(rules(), leaders, bid("ann", "100.00", "300.00", order=1))

    assert accepted.own == Standing("ann", Decimal("100.00"), Decimal("300.00"), 1)
    assert accepted.changed == [accepted.own]
    assert not accepted.raised


def test_a_promise_once_made_is_kept():
    leaders, _ = played(rules(), ("ann", "100.00", "300.00"))

    accepted = place(rules(), leaders, bid("ann", "120.00", order=1))

    assert accepted.own == Standing("ann", Decimal("120.00"), Decimal("300.00"), 0)


def test_a_repeated_bid_of_a_leader_is_refused_and_not_counted_twice():
    leaders, _ = played(rules(), ("ann", "100.00", "300.00"))

    with pytest.raises(BidTooLow) as refused:
        place(rules(), leaders, bid("ann", "100.00", "300.00", order=1))

    assert refused.value.error == HIGHER


def test_several_places_are_free_until_they_are_taken_and_then_the_lowest_is_to_beat():
    three = rules(winner_count=3)
    leaders, _ = played(three, ("ann", "100.00"), ("bob", "300.00"), ("cat", "100.00"))

    assert amounts(leaders) == [("bob", "300.00"), ("ann", "100.00"), ("cat", "100.00")]
    accepted = place(three, leaders, bid("dan", "110.00", order=3))
    assert accepted.outbid is not None
    assert accepted.outbid.bidder == "cat"
    assert [each.bidder for each in accepted.leaders] == ["bob", "dan", "ann"]


def test_with_several_places_every_ceiling_below_the_offer_answers_it():
    two = rules(winner_count=2)

    leaders, standings = played(
        two, ("ann", "100.00", "300.00"), ("bob", "100.00", "120.00"), ("cat", "150.00")
    )

    assert amounts(leaders) == [("cat", "150.00"), ("ann", "130.00")]
    assert str(standings["bob"].amount) == "120.00"


def test_a_ceiling_that_reaches_the_reserve_bids_it_at_once():
    hidden = rules(reserve_price=Decimal("250.00"))

    low, _ = played(hidden, ("ann", "100.00", "249.99"))
    high, _ = played(hidden, ("ann", "100.00", "249.99"), ("bob", "110.00", "400.00"))

    assert (amounts(low), reserve_met(hidden, low)) == ([("ann", "100.00")], False)
    assert (amounts(high), reserve_met(hidden, high)) == ([("bob", "250.00")], True)
    alone, _ = played(hidden, ("bob", "110.00", "400.00"))
    assert amounts(alone) == [("bob", "250.00")]
    assert reserve_met(rules(), [])


def test_a_promise_that_reaches_the_reserve_raises_the_price():
    hidden = rules(reserve_price=Decimal("250.00"))
    leaders, _ = played(hidden, ("ann", "100.00"))

    accepted = place(hidden, leaders, bid("ann", "100.00", "400.00", order=1))

    assert amounts(accepted.leaders) == [("ann", "250.00")]
    assert accepted.raised


@pytest.mark.parametrize(
    ("left", "extend", "more"),
    [(60, 30, 60), (30, 30, 30), (29, 30, 30), (0.001, 30, 30), (5, 0, 5)],
)
def test_an_accepted_bid_in_the_last_seconds_leaves_time_to_answer(left, extend, more):
    by = rules(auto_extend=extend * SECOND)
    accepted = place(by, [], bid("ann", "100.00"))

    assert extended(by, NOW + left * SECOND, accepted, NOW) == NOW + more * SECOND


def test_a_mere_promise_extends_nothing():
    by = rules(auto_extend=30 * SECOND)
    leaders, _ = played(by, ("ann", "100.00"))
    accepted = place(by, leaders, bid("ann", "100.00", "900.00", order=1))

    assert extended(by, NOW + SECOND, accepted, NOW) == NOW + SECOND


class Model:
    """All bids that were ever accepted, and nothing else: who promised most, and who first."""

    def __init__(self, by):
        self.by, self.promised = by, {}

    def ranked(self):
        return sorted(self.promised.items(), key=lambda pair: (-pair[1][0], pair[1][1]))

    def winners(self):
        return {bidder for bidder, _ in self.ranked()[: self.by.winner_count]}

    def beaten(self):
        """The highest promise among all who lose, read from the whole book."""
        behind = self.ranked()[self.by.winner_count :]
        return behind[0][1][0] if behind else None


class Bidding(RuleBasedStateMachine):
    """Random bids from a few people; the book of all of them is the model."""

    @initialize(count=st.integers(1, 3), reserve=st.none() | st.integers(100, 160))
    def start(self, count, reserve):
        price = None if reserve is None else Decimal(reserve)
        self.by = rules("100", "7", winner_count=count, reserve_price=price)
        self.model, self.leaders, self.standings, self.order = Model(self.by), [], {}, 0

    @rule(
        bidder=st.sampled_from("abcde"),
        amount=st.integers(90, 200),
        more=st.integers(0, 60),
    )
    def offer(self, bidder, amount, more):
        self.order += 1
        before, price = dict(self.standings), current_price(self.by, self.leaders)
        least = least_bid(self.by, self.leaders, bidder)
        try:
            accepted = place(self.by, self.leaders, bid(bidder, amount, amount + more, self.order))
        except BidTooLow:
            assert amount < least
            assert self.standings == before
            return
        own = before.get(bidder)
        assert amount >= least or (own and amount == own.amount)
        self.leaders = accepted.leaders
        self.standings |= {each.bidder: each for each in accepted.changed}
        known = self.model.promised.get(bidder, (0, 0))
        if amount + more > known[0]:
            self.model.promised[bidder] = (amount + more, self.order)
        assert current_price(self.by, self.leaders) >= price
        for name, standing in before.items():
            assert self.standings[name].amount >= standing.amount
            assert self.standings[name].ceiling >= standing.ceiling

    @invariant()
    def the_leaders_are_the_highest_of_the_whole_book(self):
        best = sorted(self.standings.values(), key=highest_first)[: self.by.winner_count]
        assert self.leaders == best
        assert {each.bidder for each in self.leaders} == self.model.winners()

    @invariant()
    def nobody_pays_more_than_they_would_or_less_than_those_who_lost(self):
        beaten = self.model.beaten()
        for each in self.leaders:
            assert each.amount <= each.ceiling == self.model.promised[each.bidder][0]
            assert beaten is None or each.amount >= beaten

    @invariant()
    def whoever_is_outbid_has_offered_all_that_they_promised(self):
        leading = {each.bidder for each in self.leaders}
        for name, standing in self.standings.items():
            assert name in leading or standing.amount == standing.ceiling

    @invariant()
    def settling_lets_the_leaders_win(self):
        reserve = self.by.reserve_price or 0
        settled = settle(self.by, list(self.standings.values()))
        assert settled.won == [each for each in self.leaders if each.amount >= reserve]


TestBidding = Bidding.TestCase
TestBidding.settings = settings(max_examples=60, stateful_step_count=25)


@given(first=st.integers(100, 200), ceiling=st.integers(0, 100), rival=st.integers(100, 400))
def test_a_promise_costs_at_most_one_increment_above_the_best_rival(first, ceiling, rival):
    by = rules("100", "7")
    leaders, _ = played(by, ("ann", first, first + ceiling))

    try:
        accepted = place(by, leaders, bid("bob", rival, order=1))
    except BidTooLow:
        return

    top = accepted.leaders[0]
    assert top.amount <= max(first, rival + 7) if top.bidder == "ann" else top.amount == rival
