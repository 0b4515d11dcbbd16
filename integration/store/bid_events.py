"""Events about bids (contract.md, section 6): what was placed, and who was outbid by it."""

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy.orm import Session

from integration.engine.status import event_data, stamp
from integration.kernel.money import format_money
from integration.store import outbox, participations
from integration.store.auctions import Auction
from integration.store.models import Bid
from integration.store.outbox import Event

PLACED, OUTBID = "auction.bid.placed", "auction.bid.outbid"


def tell(
    session: Session, auction: Auction, bid: Bid, *, high: Decimal, outbid: Sequence[str]
) -> list[str]:
    """Tell of an accepted bid and of those that it outbid; return the endpoints to wake.

    A ceiling is its bidder's secret: no event has it.
    """
    now = {
        "bidCount": bid.ordinal,
        "currentHighBid": format_money(high, auction.currency),
        "currencyCode": auction.currency,
    }
    happened = []
    if outbid and outbox.subscribed(session, auction.tenant, OUTBID):
        beaten = participations.standings(session, auction.tenant, outbid)
        happened += [
            Event(OUTBID, each.id, each.version, event_data(each) | now) for each in beaten
        ]
    if outbox.subscribed(session, auction.tenant, PLACED):
        data = _placed(session, auction, bid) | now
        happened.append(Event(PLACED, auction.id, bid.ordinal, data))
    return outbox.emit_many(session, auction.tenant, happened)


def _placed(session: Session, auction: Auction, bid: Bid) -> dict[str, object]:
    bidder = participations.standing(session, auction.tenant, bid.participation_id)
    return {
        "bidId": bid.id,
        "auctionId": auction.id,
        "consumerId": bidder.consumer_id,
        "experienceId": bidder.experience_id,
        "sequenceId": bidder.sequence_id,
        "amount": format_money(bid.amount, auction.currency),
        "bidTime": stamp(bid.placed_at),
    }
