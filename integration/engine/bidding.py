"""English bidding with ceilings: who leads, at which price, and what the next bid must be.

Every bidder has one standing: an amount, and a ceiling up to which the service bids for
them. Who bids last is not favored: of two equal ceilings the one committed first stays.
Whoever has lost their place has bid up to their ceiling; so the leaders alone decide what
a new bid does, and no other rows are read.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from integration.kernel.errors import FanfareError


class BidTooLow(FanfareError):
    """The bid does not get in; nothing has changed."""

    code = "BID_TOO_LOW"
    status = 400

    def __init__(self, error: str, least: Decimal) -> None:
        super().__init__(f"The least that is accepted now is {least:f}.")
        self.error = error


class BidRules(NamedTuple):
    """What an english auction asks of bids; ``winner_count`` places are bid for."""

    starting_price: Decimal
    minimum_increment: Decimal
    winner_count: int = 1
    reserve_price: Decimal | None = None
    auto_extend: timedelta = timedelta(0)


class Bid(NamedTuple):
    """What somebody offers; ``order`` rises with every bid that an auction commits.

    ``ceiling`` is the most that they would pay, the amount itself if they do not say.
    """

    bidder: str
    amount: Decimal
    ceiling: Decimal
    order: int


class Standing(NamedTuple):
    """Where a bidder stands; ``order`` is that of the bid that gave the ceiling."""

    bidder: str
    amount: Decimal
    ceiling: Decimal
    order: int


class Accepted(NamedTuple):
    """What an accepted bid has made of things.

    ``leaders`` are those who would win now, the highest first; ``changed`` are all
    standings to keep, the bidder's own too. ``outbid`` lost a place, or did not get one.
    ``raised`` is false where only a leader's ceiling grew: nobody need answer that.
    """

    own: Standing
    leaders: list[Standing]
    changed: list[Standing]
    outbid: Standing | None
    raised: bool


def highest_first(standing: Standing) -> tuple[Decimal, int]:
    """Sort key: by amount, and of two that are equal the earlier."""
    return (-standing.amount, standing.order)


def place(rules: BidRules, leaders: Sequence[Standing], bid: Bid) -> Accepted:
    """Return what this bid makes of an auction, or raise ``BidTooLow``.

    ``leaders`` are the first ``winner_count`` standings by ``highest_first``. The caller
    holds the auction's lock.
    """
    before = {each.bidder: each for each in leaders}
    own = before.get(bid.bidder)
    if not _only_ceiling(own, bid):
        _check(rules, leaders, own, bid.amount)
    after, outbid = _contest(rules, leaders, _standing(rules, own, bid))
    touched = after if outbid is None else [*after, outbid]
    now = next(each for each in touched if each.bidder == bid.bidder)
    return Accepted(
        own=now,
        leaders=after,
        changed=[each for each in touched if each != before.get(each.bidder)],
        outbid=outbid,
        raised=own is None or now.amount > own.amount,
    )


def least_bid(rules: BidRules, leaders: Sequence[Standing], bidder: str | None = None) -> Decimal:
    """Return the least amount that would be accepted now; of a leader, to raise themselves."""
    own = next((each for each in leaders if each.bidder == bidder), None)
    beaten = own or _last(rules, leaders)
    return rules.starting_price if beaten is None else beaten.amount + rules.minimum_increment


def current_price(rules: BidRules, leaders: Sequence[Standing]) -> Decimal:
    """Return what has to be beaten: the lowest leading bid once every place is taken."""
    last = _last(rules, leaders)
    return rules.starting_price if last is None else last.amount


def reserve_met(rules: BidRules, leaders: Sequence[Standing]) -> bool:
    """Whether the highest bid could win; true where there is no reserve."""
    reserve = rules.reserve_price
    return reserve is None or any(each.amount >= reserve for each in leaders)


def extended(rules: BidRules, close_at: datetime, accepted: Accepted, now: datetime) -> datetime:
    """Return the closing time after an accepted bid: never less than ``auto_extend`` away."""
    return max(close_at, now + rules.auto_extend) if accepted.raised else close_at


def _last(rules: BidRules, leaders: Sequence[Standing]) -> Standing | None:
    if len(leaders) < rules.winner_count:
        return None
    return max(leaders, key=highest_first)


def _only_ceiling(own: Standing | None, bid: Bid) -> bool:
    """Whether a leader merely promises more, at the amount where they are."""
    return own is not None and bid.amount == own.amount and bid.ceiling > own.ceiling


def _check(
    rules: BidRules, leaders: Sequence[Standing], own: Standing | None, amount: Decimal
) -> None:
    least = least_bid(rules, leaders, own and own.bidder)
    if amount >= least:
        return
    beaten = own or _last(rules, leaders)
    if beaten is None or amount <= beaten.amount:
        raise BidTooLow("Bid must be higher than current bid", least)
    raise BidTooLow("Bid must meet minimum increment", least)


def _standing(rules: BidRules, own: Standing | None, bid: Bid) -> Standing:
    """Return the bidder's standing before others answer: a promised ceiling is kept."""
    ceiling, order = max(bid.amount, bid.ceiling), bid.order
    if own is not None and own.ceiling >= ceiling:
        ceiling, order = own.ceiling, own.order
    amount = bid.amount
    if rules.reserve_price is not None and ceiling >= rules.reserve_price:
        amount = max(amount, rules.reserve_price)
    return Standing(bid.bidder, amount, ceiling, order)


def _contest(
    rules: BidRules, leaders: Sequence[Standing], contender: Standing
) -> tuple[list[Standing], Standing | None]:
    """Let everybody bid up to their ceilings; return who leads then, and who does not."""
    everybody = [each for each in leaders if each.bidder != contender.bidder] + [contender]
    everybody.sort(key=lambda each: (-each.ceiling, each.order))
    ahead, behind = everybody[: rules.winner_count], everybody[rules.winner_count :]
    if not behind:
        return sorted(ahead, key=highest_first), None
    # One more than there are places; the others gave up before.
    loser = behind[0]._replace(amount=behind[0].ceiling)
    pushed = [_answer(each, loser.amount, rules.minimum_increment) for each in ahead]
    return sorted(pushed, key=highest_first), loser


def _answer(leader: Standing, offered: Decimal, increment: Decimal) -> Standing:
    """Return a leader's standing above an offer: one increment, or all that they would pay."""
    if leader.amount > offered:
        return leader
    return leader._replace(amount=max(leader.amount, min(leader.ceiling, offered + increment)))
