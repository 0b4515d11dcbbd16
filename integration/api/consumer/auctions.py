"""Auctions: what everybody sees, bidding, and how one stands."""

from typing import Any

from flask import Response, request
from marshmallow import fields, validate

from integration.api.consumer.entries import FINGERPRINT_HEADER, fingerprint
from integration.api.consumer.schemas.public import PublicView
from integration.api.consumer.schemas.status import StatusView
from integration.engine.auction_terms import DUTCH, ENGLISH
from integration.engine.kinds.auction import AuctionStatus
from integration.kernel.tenant import Caller
from integration.services import auctions, bidding
from integration.store.bidding import Offer
from integration.web.answers import json_answer
from integration.web.fields import Currency, Money, Timestamp, Wire
from integration.web.guard import CONSUMER_ACTION, KEY, runtime
from integration.web.lists import listed
from integration.web.pagination import PageQuery, page_of
from integration.web.routes import Blueprint

blp = Blueprint("auctions", __name__, url_prefix="/api/v1/auctions", description="Bid")

TYPES = validate.OneOf([ENGLISH, DUTCH])
STATUSES = validate.OneOf([status.value for status in AuctionStatus])


class AuctionView(PublicView):
    """An auction, as anybody with a key sees it; ``closeAt`` and ``settleAt`` are extended ones."""

    close_at = Timestamp(required=True)
    settle_at = Timestamp(required=True)
    status = fields.String(required=True, validate=STATUSES)
    auction_type = fields.String(required=True, validate=TYPES)
    starting_price = Money(required=True)
    current_price = Money(required=True)
    next_price_drop_at = Timestamp(required=True, allow_none=True)
    reserve_met = fields.Boolean(required=True)
    minimum_bid_increment = Money(required=True)
    current_high_bid = Money(required=True, allow_none=True)
    winner_count = fields.Integer(required=True)
    bid_count = fields.Integer(required=True)
    auto_extend_seconds = fields.Integer(required=True)
    currency_code = Currency(required=True)


class BidBody(Wire):
    """What to bid; up to ``maxAmount`` the service answers other bids for you."""

    amount = Money(required=True)
    max_amount = Money(load_default=None, allow_none=True)


class BidderView(StatusView):
    """Where a bidder stands; ``winningBidAmount`` is what an admission was won for."""

    auction_id = fields.String(required=True)
    last_bid_amount = Money(required=True, allow_none=True)
    last_bid_time = Timestamp(required=True, allow_none=True)
    bid_count = fields.Integer(required=True)
    current_high_bid = Money(required=True, allow_none=True)
    winning_bid_amount = Money(required=True, allow_none=True)
    currency_code = Currency(required=True)


class HighestBidView(Wire):
    """The highest bid; null before the first."""

    amount = Money(required=True, allow_none=True)
    currency_code = Currency(required=True)
    bid_count = fields.Integer(required=True)
    bid_time = Timestamp(required=True, allow_none=True)


class OwnBidView(Wire):
    """A bid of one's own."""

    id = fields.String(required=True)
    amount = Money(required=True)
    max_amount = Money(required=True, allow_none=True)
    currency_code = Currency(required=True)
    bid_time = Timestamp(required=True)


class BidView(Wire):
    """A bid; ``bidder`` is a mask that stays the same in one auction."""

    id = fields.String(required=True)
    amount = Money(required=True)
    currency_code = Currency(required=True)
    bid_time = Timestamp(required=True)
    bidder = fields.String(required=True)
    own = fields.Boolean(required=True)


@blp.endpoint("GET", "/<auction_id>", KEY, answers={200: AuctionView}, limit="reading")
def show(caller: Caller, auction_id: str) -> dict[str, Any]:
    """Describe an auction."""
    return auctions.show(runtime(), caller.tenant, auction_id)


@blp.endpoint(
    "POST",
    "/<auction_id>/bid",
    CONSUMER_ACTION,
    body=BidBody,
    answers={201: BidderView, 200: BidderView},
    limit="bids",
    headers=[FINGERPRINT_HEADER],
)
def bid(caller: Caller, body: dict[str, Any], auction_id: str) -> Response:
    """Bid; 200 with the entry as it stands, if it is decided already."""
    offer = Offer(body["amount"], body["max_amount"])
    device = fingerprint(request.headers.get("X-Fingerprint"))
    answered = bidding.bid(runtime(), caller, auction_id, offer, device)
    return json_answer(answered.body, 201 if answered.accepted else 200)


@blp.endpoint(
    "GET", "/<auction_id>/status", CONSUMER_ACTION, answers={200: BidderView}, limit="status"
)
def status(caller: Caller, auction_id: str) -> Response:
    """Tell how you stand, and your admission if you have won."""
    return json_answer(auctions.status(runtime(), caller, auction_id))


@blp.endpoint(
    "GET", "/<auction_id>/highest-bid", KEY, answers={200: HighestBidView}, limit="reading"
)
def highest_bid(caller: Caller, auction_id: str) -> dict[str, Any]:
    """Show the highest bid."""
    return auctions.highest_bid(runtime(), caller.tenant, auction_id)


@blp.endpoint(
    "GET",
    "/<auction_id>/bids/history",
    CONSUMER_ACTION,
    query=PageQuery,
    answers={200: page_of(OwnBidView)},
    limit="reading",
)
def history(caller: Caller, query: dict[str, Any], auction_id: str) -> dict[str, Any]:
    """List your own bids, the newest first."""
    rt = runtime()
    return listed(
        caller,
        query,
        lambda part: auctions.history(rt, caller, auction_id, part),
        f"bids:{auction_id}:{caller.consumer_id}",
    )


@blp.endpoint(
    "GET",
    "/<auction_id>/bids",
    CONSUMER_ACTION,
    query=PageQuery,
    answers={200: page_of(BidView)},
    limit="reading",
)
def all_bids(caller: Caller, query: dict[str, Any], auction_id: str) -> dict[str, Any]:
    """List all bids, the newest first, their bidders masked."""
    rt = runtime()
    return listed(
        caller,
        query,
        lambda part: auctions.all_bids(rt, caller, auction_id, part),
        f"bids:{auction_id}",
    )
