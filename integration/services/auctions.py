"""Auctions as everybody sees them, how a bidder stands, and the bids."""

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from integration.engine.entering import NeverEntered, title
from integration.kernel.errors import required
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import admissions, auction_views, auctions, bids, participations
from integration.store.auctions import Auction
from integration.store.db import Transaction
from integration.store.rows import Slice


class ShownBid(NamedTuple):
    """A bid in a list; ``bidder`` is a mask that stays the same in one auction."""

    id: str
    amount: Decimal
    max_amount: Decimal | None
    currency_code: str
    bid_time: datetime
    bidder: str
    own: bool


def show(rt: Runtime, tenant: Tenant, auction_id: str) -> dict[str, Any]:
    """Return the auction as anybody with a key may see it, or raise ``NotFound``."""
    with rt.transaction() as tx:
        return auction_views.view(tx.session, _found(tx, tenant, auction_id))


def highest_bid(rt: Runtime, tenant: Tenant, auction_id: str) -> dict[str, Any]:
    """Return the highest bid, with nulls before the first one."""
    with rt.transaction() as tx:
        return auction_views.highest(tx.session, _found(tx, tenant, auction_id))


def status(rt: Runtime, caller: Caller, auction_id: str) -> dict[str, Any]:
    """Return where the consumer stands; raises ``NeverEntered`` before their first bid."""
    keyring, who = rt.keyring, caller.consumer_id or ""
    with rt.transaction() as tx:
        auction = _found(tx, caller.tenant, auction_id)
        found = participations.latest(tx.session, caller.tenant, auction_id, who)
        if found is None:
            raise NeverEntered(auctions.KIND)
        token = admissions.token_of(keyring, found)
        return auction_views.standing_body(tx.session, auction, found, token)


def history(rt: Runtime, caller: Caller, auction_id: str, part: Slice) -> list[ShownBid]:
    """Return a part of the consumer's own bids, the newest first."""
    return _bids(rt, caller, auction_id, part, caller.consumer_id or "")


def all_bids(rt: Runtime, caller: Caller, auction_id: str, part: Slice) -> list[ShownBid]:
    """Return a part of all bids, the newest first; who placed them is masked."""
    return _bids(rt, caller, auction_id, part)


def _bids(
    rt: Runtime, caller: Caller, auction_id: str, part: Slice, of: str | None = None
) -> list[ShownBid]:
    with rt.transaction() as tx:
        auction = _found(tx, caller.tenant, auction_id)
        found = bids.page(tx.session, caller.tenant, auction_id, part, of)
    return [
        ShownBid(
            id=each.id,
            amount=each.amount,
            max_amount=each.max_amount,
            currency_code=auction.currency,
            bid_time=each.placed_at,
            bidder=f"Bidder {each.number}",
            own=each.consumer_id == caller.consumer_id,
        )
        for each in found
    ]


def _found(tx: Transaction, tenant: Tenant, auction_id: str) -> Auction:
    return required(auctions.find(tx.session, tenant, auction_id), title(auctions.KIND))
