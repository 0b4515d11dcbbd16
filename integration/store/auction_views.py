"""What is shown of an auction: to everybody, and to one of its bidders.

A reserve and the bidders' ceilings are in none of it.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from integration.engine.auction_terms import bid_rules, dutch_rules
from integration.engine.bidding import current_price, reserve_met
from integration.engine.kinds.auction import dutch_price, next_drop
from integration.engine.status import Standing, stamp, status_body
from integration.kernel.money import format_money
from integration.store import bids, distributions, public
from integration.store.auctions import Auction
from integration.store.models import Bidder


def view(session: Session, auction: Auction) -> dict[str, Any]:
    """Return an auction as anybody with a key may see it."""
    facts = distributions.facts(auction.row)
    assert facts is not None  # noqa: S101 - a published one has them
    rules = auction.rules
    top = bids.top(session, auction, auction.winner_count)
    return {
        **public.common(session, facts, auction.now),
        **(_falling(auction) if auction.dutch else _rising(auction, top)),
        "close_at": auction.closes_at,
        "status": auction.status,
        "auction_type": rules["auctionType"],
        "starting_price": Decimal(rules["startingPrice"]),
        "minimum_bid_increment": Decimal(rules["minimumBidIncrement"]),
        "current_high_bid": top[0].amount if top else None,
        "winner_count": auction.winner_count,
        "bid_count": bids.count(session, auction.tenant, auction.id),
        "settle_at": auction.settles_at,
        "auto_extend_seconds": rules["autoExtendSeconds"],
        "currency_code": auction.currency,
    }


def highest(session: Session, auction: Auction) -> dict[str, Any]:
    """Return the highest bid, and since when it stands; nulls before the first one."""
    top = bids.top(session, auction, 1)
    return {
        "amount": top[0].amount if top else None,
        "currency_code": auction.currency,
        "bid_count": bids.count(session, auction.tenant, auction.id),
        "bid_time": top[0].since if top else None,
    }


def standing_body(
    session: Session, auction: Auction, standing: Standing, token: str | None
) -> dict[str, Any]:
    """Return a bidder's status object as JSON goes, with what bidding adds to it."""
    told, currency = bids.figures(session, auction, standing.id), auction.currency
    return status_body(standing, token) | {
        "lastBidAmount": _money(told.last_amount, currency),
        "lastBidTime": None if told.last_time is None else stamp(told.last_time),
        "bidCount": told.bid_count,
        "currentHighBid": _money(told.high, currency),
        "winningBidAmount": _money(told.winning_amount, currency),
        "currencyCode": currency,
    }


def _rising(auction: Auction, top: Sequence[Bidder]) -> dict[str, Any]:
    rules = bid_rules(auction.rules)
    leaders = [bids.standing_of(each, auction.currency) for each in top]
    return {
        "current_price": current_price(rules, leaders),
        "reserve_met": reserve_met(rules, leaders),
        "next_price_drop_at": None,
    }


def _falling(auction: Auction) -> dict[str, Any]:
    rules, at = dutch_rules(auction.rules), min(auction.now, auction.closes_at)
    drop = next_drop(rules, auction.opened_at, at)
    return {
        "current_price": dutch_price(rules, auction.opened_at, at),
        "reserve_met": True,
        "next_price_drop_at": drop if drop is not None and drop < auction.closes_at else None,
    }


def _money(amount: Decimal | None, currency: str) -> str | None:
    return None if amount is None else format_money(amount, currency)
