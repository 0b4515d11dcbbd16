"""The auction: who offers most (english), or who takes first as the price falls (dutch).

Who wins pays their own accepted amount: what they bid, or what the service bid for them
below their ceiling. Two winners of one auction may pay differently.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from integration.engine.bidding import BidRules, BidTooLow, Standing, highest_first
from integration.engine.entering import Closed
from integration.engine.kinds.base import ChoiceOrder, DistributionType, NotInTurn, vacant
from integration.engine.windows import Window, WindowStatus, reached


class AuctionStatus(StrEnum):
    """What consumers are told of an auction."""

    PENDING = "PENDING"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    SETTLED = "SETTLED"


class Settlement(NamedTuple):
    """Who won, each at their own amount, and who may still get a second chance at theirs."""

    won: list[Standing]
    runners_up: list[Standing]


class DutchRules(NamedTuple):
    """A falling price: from the start, by a step after each interval, down to the floor."""

    starting_price: Decimal
    floor_price: Decimal
    drop_amount: Decimal
    drop_interval: timedelta
    winner_count: int = 1


class Auction(NotInTurn):
    """Chooses once, when bidding has closed."""

    name = DistributionType.AUCTION
    default_admission_seconds = 86_400
    order = ChoiceOrder.BY_BID

    def may_choose(self, window: Window, now: datetime) -> bool:
        """Wait until bidding has closed, at its extended end."""
        return window.serves(now) and reached(window.close_at, now)


def settles_at(settle_at: datetime, close_at: datetime) -> datetime:
    """Return when an english auction settles: never before its extended end."""
    return max(settle_at, close_at)


def auction_status(window: Window, now: datetime, *, settled: bool) -> AuctionStatus:
    """Return how an auction stands; a paused one still takes bids."""
    if settled:
        return AuctionStatus.SETTLED
    status = window.status(now)
    return AuctionStatus.OPEN if status is WindowStatus.PAUSED else AuctionStatus(status.value)


def settle(rules: BidRules, standings: Sequence[Standing]) -> Settlement:
    """Return who wins: the highest that meet the reserve, the earlier of two that are equal.

    As many more keep waiting for a second chance; everybody else has lost. Of the
    standings, the highest ``2 * winner_count`` are enough.
    """
    reserve, count = rules.reserve_price, rules.winner_count
    good = [each for each in standings if reserve is None or each.amount >= reserve]
    good.sort(key=highest_first)
    return Settlement(good[:count], good[count : 2 * count])


def second_chances(winner_count: int, *, live: int, completed: int, free: int | None) -> int:
    """Return how many of the runners-up to admit now, the highest first.

    ``live`` and ``completed`` count the auction's admissions; ``free`` is what stock
    allows, None without bound.
    """
    return vacant(winner_count, live, completed, free)


def runners_up_lost(winner_count: int, *, live: int, completed: int, free: int | None) -> bool:
    """Whether the runners-up have lost: no winner is left who could still expire."""
    return live == 0 and vacant(winner_count, live, completed, free) == 0


def dutch_price(rules: DutchRules, opened_at: datetime, now: datetime) -> Decimal:
    """Return what one pays who takes now."""
    steps = max(0, (now - opened_at) // rules.drop_interval)
    return max(rules.floor_price, rules.starting_price - steps * rules.drop_amount)


def next_drop(rules: DutchRules, opened_at: datetime, now: datetime) -> datetime | None:
    """Return when the price falls next, or None once it is at its floor."""
    if dutch_price(rules, opened_at, now) == rules.floor_price:
        return None
    steps = max(0, (now - opened_at) // rules.drop_interval)
    return opened_at + (steps + 1) * rules.drop_interval


def take(rules: DutchRules, price: Decimal, amount: Decimal, taken: int) -> Decimal:
    """Return what a taker pays: the price of this moment, however much they offered.

    ``taken`` counts the admissions that are live or completed. Raises ``Closed`` when
    every place is taken, ``BidTooLow`` below the price.
    """
    if taken >= rules.winner_count:
        raise Closed(DistributionType.AUCTION)
    if amount < price:
        raise BidTooLow("Bid must be higher than current bid", price)
    return price
