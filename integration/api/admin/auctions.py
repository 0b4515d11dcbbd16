"""Auctions, as their merchant sets them up and runs them."""

from decimal import Decimal
from typing import Any, ClassVar

from marshmallow import fields, post_load, validate

from integration.api.admin.schemas.distributions import DistributionBody, DistributionView
from integration.api.admin.set_up import WRITE, set_up_routes
from integration.engine.auction_terms import DUTCH, ENGLISH
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.services import settling
from integration.web.fields import Currency, Money, Timestamp
from integration.web.guard import runtime
from integration.web.idempotency import Keyed
from integration.web.objects import LocalTime, whole
from integration.web.routes import Blueprint
from integration.web.versions import tagged

blp = Blueprint(
    "admin_auctions", __name__, url_prefix="/admin/api/v1/auctions", description="Set up auctions"
)

TYPES = validate.OneOf([ENGLISH, DUTCH])
MOST_WINNERS = 1_000
DAY_SECONDS = 86_400


class AuctionBody(DistributionBody):
    """An auction; ``closeAt`` defaults to ``settleAt``, amounts are in ``currencyCode``."""

    RULES: ClassVar[tuple[str, ...]] = (
        "settle_at",
        "starting_price",
        "currency_code",
        "auction_type",
        "reserve_price",
        "minimum_bid_increment",
        "winner_count",
        "auto_extend_seconds",
        "floor_price",
        "price_drop_amount",
        "price_drop_interval_seconds",
    )

    settle_at = LocalTime(required=True)
    starting_price = Money(required=True)
    currency_code = Currency(required=True)
    auction_type = fields.String(load_default=ENGLISH, validate=TYPES)
    reserve_price = Money(load_default=None, allow_none=True)
    minimum_bid_increment = Money(load_default=None, allow_none=True)
    winner_count = whole(1, MOST_WINNERS, load_default=1)
    auto_extend_seconds = whole(0, DAY_SECONDS, load_default=0)
    floor_price = Money(load_default=None, allow_none=True)
    price_drop_amount = Money(load_default=None, allow_none=True)
    price_drop_interval_seconds = whole(1, DAY_SECONDS, load_default=None, allow_none=True)

    @post_load
    def gather_rules(self, data: dict[str, Any], **options: Any) -> dict[str, Any]:
        """Keep the auction's own fields together; amounts as text, for JSON has no decimals."""
        amounts = {name: str(value) for name, value in data.items() if isinstance(value, Decimal)}
        gathered: dict[str, Any] = super().gather_rules(data | amounts, **options)
        return gathered


def _rule(name: str, **options: Any) -> fields.String:
    return fields.String(required=True, attribute=f"rules.{name}", dump_default=None, **options)


class AdminAuctionView(DistributionView):
    """An auction, its state and its counters; ``settledAt`` is when its winners were chosen."""

    settle_at = _rule("settleAt")
    starting_price = _rule("startingPrice")
    currency_code = _rule("currencyCode")
    auction_type = _rule("auctionType", validate=TYPES)
    reserve_price = _rule("reservePrice", allow_none=True)
    minimum_bid_increment = _rule("minimumBidIncrement")
    winner_count = fields.Integer(required=True, attribute="rules.winnerCount")
    auto_extend_seconds = fields.Integer(required=True, attribute="rules.autoExtendSeconds")
    floor_price = _rule("floorPrice", allow_none=True)
    price_drop_amount = _rule("priceDropAmount", allow_none=True)
    price_drop_interval_seconds = fields.Integer(
        required=True,
        allow_none=True,
        attribute="rules.priceDropIntervalSeconds",
        dump_default=None,
    )
    settled_at = Timestamp(required=True, allow_none=True)


set_up_routes(blp, DistributionType.AUCTION, AuctionBody, AdminAuctionView)


@blp.endpoint(
    "POST",
    "/<line_id>/settle",
    WRITE,
    answers={200: AdminAuctionView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def settle(caller: Caller, line_id: str) -> Any:
    """End bidding if it has not ended, and choose the winners now."""
    return tagged(settling.settle_now(runtime(), caller.tenant, line_id))
