"""What one bid does, under the auction's row: in an auction that rises, or in one that falls."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy.orm import Session

from integration.engine.auction_terms import bid_rules, dutch_rules
from integration.engine.bidding import Bid, Standing, extended, place
from integration.engine.entering import Full, SoldOut
from integration.engine.kinds.auction import dutch_price, take
from integration.engine.pacing import free_places, sold_out
from integration.store import auctions, bid_events, bids, winning
from integration.store.auctions import Auction
from integration.store.turns import Candidate
from integration.store.winning import Winner


class Offer(NamedTuple):
    """What somebody offers; ``most`` is their ceiling, where they say one."""

    amount: Decimal
    most: Decimal | None = None


def outbid(session: Session, auction: Auction, who: Candidate, offer: Offer) -> list[str]:
    """Place a bid in an english auction; return the endpoints to wake.

    The caller holds the auction. Raises ``BidTooLow``; what was written is to be undone then.
    """
    rules = bid_rules(auction.rules)
    ordinal = bids.count(session, auction.tenant, auction.id) + 1
    leaders = bids.leaders(session, auction, rules.winner_count)
    bid = Bid(who.id, offer.amount, offer.most or offer.amount, ordinal)
    accepted = place(rules, leaders, bid)
    bids.keep(session, auction, accepted.changed)
    beaten = [] if accepted.outbid is None else [accepted.outbid.bidder]
    told = bids.lead(session, auction, leading=_ids(accepted.leaders), outbid=beaten)
    close_at = extended(rules, auction.closes_at, accepted, auction.now)
    if close_at > auction.closes_at:
        auctions.extend(session, auction, close_at)
    made = bids.record(session, auction, bid, offer.most)
    lost = [each for each in beaten if each in told and each != who.id]
    return bid_events.tell(session, auction, made, high=accepted.leaders[0].amount, outbid=lost)


def buy(session: Session, auction: Auction, who: Candidate, offer: Offer, kid: str) -> list[str]:
    """Take a place in a dutch auction at the price of this moment; return the endpoints to wake.

    The caller holds the auction, as it was before this consumer came. While it is paused
    they wait, and are admitted afterwards. Raises ``BidTooLow``, ``Closed``, ``SoldOut``, ``Full``.
    """
    rules, line = dutch_rules(auction.rules), auction.line
    price = dutch_price(rules, auction.opened_at, auction.now)
    paid = take(rules, price, offer.amount, line.waiting + line.active + line.completed)
    _check_stock(auction)
    ordinal = bids.count(session, auction.tenant, auction.id) + 1
    bid = Bid(who.id, offer.amount, offer.amount, ordinal)
    bids.keep(session, auction, [Standing(*bid._replace(amount=paid))])
    bids.lead(session, auction, leading=[who.id], outbid=[])
    made = bids.record(session, auction, bid, None)
    high = bids.top(session, auction, 1)[0].amount
    told = bid_events.tell(session, auction, made, high=high, outbid=[])
    if auction.window.serves(auction.now):
        told += winning.admit(session, auction, [Winner(who, paid)], kid)
    return told


def _check_stock(auction: Auction) -> None:
    """Raise unless stock is left for one more than those who wait already."""
    ground = auction.ground
    if sold_out(ground.limits, ground.taken):
        raise SoldOut
    free = free_places(ground.limits, ground.taken)
    if free is not None and free <= auction.line.waiting:
        raise Full(auctions.KIND)


def _ids(standings: Sequence[Standing]) -> list[str]:
    return [each.bidder for each in standings]
