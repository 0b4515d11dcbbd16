"""An auction's own fields: complete, exact and free of contradictions, kept as JSON.

Amounts are kept as text with all of the currency's decimals, times as the wire writes them.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from integration.engine.bidding import BidRules
from integration.engine.kinds.auction import DutchRules
from integration.engine.terms import BadTerms
from integration.kernel.money import BadMoney, format_money, from_minor

ENGLISH, DUTCH = "english", "dutch"
FOLLOWED = "closesWithSettleAt"
"""The rule that keeps which closing time is only a default, and moves along with ``settleAt``."""
MONEY = ("startingPrice", "reservePrice", "minimumBidIncrement", "floorPrice", "priceDropAmount")
OF_DUTCH = ("floorPrice", "priceDropAmount", "priceDropIntervalSeconds")
OF_ENGLISH = ("reservePrice", "autoExtendSeconds")


def complete(rules: Mapping[str, Any]) -> dict[str, Any]:
    """Return the rules as they are kept; raises ``BadTerms``."""
    kept = {"auctionType": ENGLISH, "winnerCount": 1, "autoExtendSeconds": 0, **rules}
    currency = str(kept["currencyCode"])
    if kept.get("minimumBidIncrement") is None:
        kept["minimumBidIncrement"] = from_minor(1, currency)
    for name in MONEY:
        kept[name] = _text(name, kept.get(name), currency)
    _check_type(kept)
    _check_amounts(kept)
    return kept


def is_dutch(rules: Mapping[str, Any]) -> bool:
    """Tell whether the price falls."""
    return rules.get("auctionType") == DUTCH


def settle_at(rules: Mapping[str, Any]) -> datetime:
    """Return when the winners are to be chosen."""
    return datetime.fromisoformat(rules["settleAt"])


def bid_rules(rules: Mapping[str, Any]) -> BidRules:
    """Return what an english auction asks of bids."""
    return BidRules(
        starting_price=Decimal(rules["startingPrice"]),
        minimum_increment=Decimal(rules["minimumBidIncrement"]),
        winner_count=rules["winnerCount"],
        reserve_price=_amount(rules, "reservePrice"),
        auto_extend=timedelta(seconds=rules["autoExtendSeconds"]),
    )


def dutch_rules(rules: Mapping[str, Any]) -> DutchRules:
    """Return how the price of a dutch auction falls."""
    return DutchRules(
        starting_price=Decimal(rules["startingPrice"]),
        floor_price=Decimal(rules["floorPrice"]),
        drop_amount=Decimal(rules["priceDropAmount"]),
        drop_interval=timedelta(seconds=rules["priceDropIntervalSeconds"]),
        winner_count=rules["winnerCount"],
    )


def _text(name: str, value: Any, currency: str) -> str | None:
    if value is None:
        return None
    try:
        return format_money(Decimal(value), currency)
    except BadMoney as error:
        raise BadTerms(name, str(error)) from error


def _check_type(kept: Mapping[str, Any]) -> None:
    dutch = is_dutch(kept)
    for name in OF_DUTCH if dutch else ():
        if kept.get(name) is None:
            raise BadTerms(name, "A dutch auction needs this: how its price falls.")
    for name in OF_ENGLISH if dutch else OF_DUTCH:
        if kept.get(name):
            raise BadTerms(name, f"A {kept['auctionType']} auction has none.")


def _check_amounts(kept: Mapping[str, Any]) -> None:
    start, increment = Decimal(kept["startingPrice"]), Decimal(kept["minimumBidIncrement"])
    reserve, floor, drop = (_amount(kept, name) for name in MONEY if name in _BOUNDED)
    if increment <= 0:
        raise BadTerms("minimumBidIncrement", "Bids rise by more than nothing.")
    if reserve is not None and reserve < start:
        raise BadTerms("reservePrice", "No less than the startingPrice.")
    if floor is not None and floor > start:
        raise BadTerms("floorPrice", "No more than the startingPrice.")
    if drop is not None and drop <= 0:
        raise BadTerms("priceDropAmount", "The price falls by more than nothing.")


_BOUNDED = ("reservePrice", "floorPrice", "priceDropAmount")


def _amount(rules: Mapping[str, Any], name: str) -> Decimal | None:
    value = rules.get(name)
    return None if value is None else Decimal(value)
