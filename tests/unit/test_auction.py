from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from integration.engine.bidding import BidRules, BidTooLow, Standing
from integration.engine.entering import Closed
from integration.engine.kinds import KINDS, ChoiceOrder, DistributionType
from integration.engine.kinds.auction import (
    AuctionStatus,
    DutchRules,
    auction_status,
    dutch_price,
    next_drop,
    runners_up_lost,
    second_chances,
    settle,
    settles_at,
    take,
)
from integration.engine.pacing import Limits, Pace, Taken
from integration.engine.participations import ParticipationState
from integration.engine.windows import DistributionState, Window

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ACTIVE, PAUSED, ENDED = DistributionState
QUEUED, ADMITTED, COMPLETED, DENIED, LEFT = ParticipationState


auction = KINDS[DistributionType.AUCTION]


def rules(**more):
    return BidRules(Decimal(100), Decimal(10), **more)


def test_an_auction_admits_nobody_for_having_waited():
    pace = Pace(7, NOW)

    assert auction.order == ChoiceOrder.BY_BID
    assert auction.default_admission_seconds == 86_400
    assert auction.places(pace, Limits(), Taken(), 100, NOW) == (0, pace)
    assert not auction.may_choose(Window(ACTIVE, close_at=NOW + SECOND), NOW)
    assert auction.may_choose(Window(ACTIVE, close_at=NOW), NOW)
    assert not auction.may_choose(Window(PAUSED, close_at=NOW), NOW)


def test_it_settles_at_its_extended_end():
    assert settles_at(NOW, NOW + SECOND) == NOW + SECOND
    assert settles_at(NOW + SECOND, NOW) == NOW + SECOND


def amounts(standings):
    return [(each.bidder, str(each.amount)) for each in standings]


def standing(bidder, amount, order):
    return Standing(bidder, Decimal(amount), Decimal(amount), order)


def test_the_highest_that_meet_the_reserve_win_at_their_own_amounts():
    by = rules(winner_count=2, reserve_price=Decimal(120))
    book = [
        standing("ann", "119.99", 1),
        standing("bob", "150.00", 2),
        standing("cat", "130.00", 4),
        standing("dan", "130.00", 3),
        standing("eve", "120.00", 5),
    ]

    settled = settle(by, book)

    assert amounts(settled.won) == [("bob", "150.00"), ("dan", "130.00")]
    assert amounts(settled.runners_up) == [("cat", "130.00"), ("eve", "120.00")]


def test_nobody_who_met_the_reserve_means_nobody_wins():
    settled = settle(rules(reserve_price=Decimal(500)), [standing("ann", "400.00", 1)])

    assert settled == ([], [])


@pytest.mark.parametrize(
    ("live", "completed", "free", "chances", "lost"),
    [
        (2, 0, None, 0, False),
        (1, 0, None, 1, False),
        (0, 1, None, 1, False),
        (0, 2, None, 0, True),
        (0, 0, 0, 0, True),
    ],
)
def test_who_does_not_pay_leaves_a_second_chance(live, completed, free, chances, lost):
    assert second_chances(2, live=live, completed=completed, free=free) == chances
    assert runners_up_lost(2, live=live, completed=completed, free=free) is lost


@pytest.mark.parametrize(
    ("window", "settled", "status"),
    [
        (Window(ACTIVE, NOW + SECOND), False, AuctionStatus.PENDING),
        (Window(ACTIVE), False, AuctionStatus.OPEN),
        (Window(PAUSED), False, AuctionStatus.OPEN),
        (Window(ACTIVE, close_at=NOW), False, AuctionStatus.CLOSED),
        (Window(ACTIVE, close_at=NOW), True, AuctionStatus.SETTLED),
    ],
)
def test_what_consumers_are_told_of_an_auction(window, settled, status):
    assert auction_status(window, NOW, settled=settled) is status


DUTCH = DutchRules(Decimal("100.00"), Decimal("70.00"), Decimal("12.50"), 60 * SECOND, 2)


@pytest.mark.parametrize(
    ("seconds", "price", "drop"),
    [
        (-5, "100.00", 60),
        (0, "100.00", 60),
        (59.999, "100.00", 60),
        (60, "87.50", 120),
        (179, "75.00", 180),
        (180, "70.00", None),
        (10**6, "70.00", None),
    ],
)
def test_a_dutch_price_falls_by_steps_to_its_floor(seconds, price, drop):
    now = NOW + timedelta(seconds=seconds)

    assert dutch_price(DUTCH, NOW, now) == Decimal(price)
    assert next_drop(DUTCH, NOW, now) == (None if drop is None else NOW + drop * SECOND)


def test_the_first_takers_pay_the_price_of_their_moment():
    price = Decimal("87.50")

    assert take(DUTCH, price, Decimal("87.50"), taken=0) == price
    assert take(DUTCH, price, Decimal("100.00"), taken=1) == price
    with pytest.raises(BidTooLow, match=r"87\.50") as refused:
        take(DUTCH, price, Decimal("87.49"), taken=1)
    assert refused.value.error == "Bid must be higher than current bid"
    with pytest.raises(Closed) as closed:
        take(DUTCH, price, Decimal("100.00"), taken=2)
    assert closed.value.error == "Auction is closed"
