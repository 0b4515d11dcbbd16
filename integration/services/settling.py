"""Settling auctions: who has won, who may follow, who has lost (contract.md, section 3).

Any number of clocks may do it at once; each step is a short transaction on one auction,
on the database's time.
"""

from types import SimpleNamespace
from typing import TypedDict

from integration.engine.auction_terms import bid_rules
from integration.engine.kinds.auction import runners_up_lost, second_chances, settle
from integration.engine.pacing import free_places
from integration.engine.windows import DistributionState
from integration.kernel.errors import Conflict, required
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import auctions, bids, counters, distributions, launching, outbox, winning
from integration.store.auctions import Auction
from integration.store.db import Transaction

MOST = 1_000
BATCH = 2_500
"""Losers told in one transaction: an auction is held for a fraction of a second."""


class Places(TypedDict):
    """Who holds an auction's places, and how many more the stock allows; None is no bound."""

    live: int
    completed: int
    free: int | None


class NotSettleable(Conflict):
    """Its bidding has not begun, or its merchant holds it up."""

    code = "NOT_SETTLEABLE"
    message = "An auction is settled once it has opened, and while it is not paused."


def due(rt: Runtime) -> list[str]:
    """Return the auctions with something to do: to be settled, or to be followed up."""
    with rt.transaction() as tx:
        lines = auctions.unsettled(tx.session, MOST) + auctions.unfinished(tx.session, MOST)
    return [line.distribution_id for line in lines]


def move_on(rt: Runtime, auction_id: str) -> int:
    """Choose an auction's winners, or those who follow them, and tell those who have lost.

    Returns how many were admitted or denied; 0 also where another clock is at it.
    """
    facts, kid = rt.distributions.get(auction_id), rt.keyring.active_kid
    if facts is None:
        return 0
    with rt.transaction() as tx:
        auction = _claim(tx, facts.tenant, auction_id)
        if auction is None:
            return 0
        if auction.row.settled_at is not None:
            return _follow(rt, tx, auction, kid)
        return _choose(rt, tx, auction, kid) if auction.due else 0


def settle_now(rt: Runtime, tenant: Tenant, auction_id: str) -> SimpleNamespace:
    """End bidding if it has not ended, and choose the winners; repeating changes nothing.

    Raises ``NotSettleable``.
    """
    kid = rt.keyring.active_kid
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, tenant, auction_id)
        row = launching.running(tx.session, tenant, auctions.KIND, auction_id)
        auction = required(auctions.find(tx.session, tenant, auction_id), "Auction")
        if row.settled_at is None:
            if row.state != DistributionState.ACTIVE or not auction.window.opened(auction.now):
                raise NotSettleable
            if auction.closes_at > auction.now:
                auctions.extend(tx.session, auction, auction.now)
            _choose(rt, tx, auction, kid)
        return distributions.described(tx.session, tenant, [row], rt.clock.now())[0]


def _choose(rt: Runtime, tx: Transaction, auction: Auction, kid: str) -> int:
    """Choose among those who wait; the caller holds the auction."""
    count = auction.winner_count
    ranked = bids.leaders(tx.session, auction, 2 * count)
    won, runners_up = settle(bid_rules(auction.rules), ranked)
    order = [each.bidder for each in (*won, *runners_up)]
    winning.rank(tx.session, auction, order)
    first = order[: min(len(won), _vacant(auction))]
    winners = winning.waiting(tx.session, auction, first)
    bids.lead(tx.session, auction, leading=[], outbid=order[len(first) :])
    told = winning.admit(tx.session, auction, winners, kid)
    auctions.mark_settled(tx.session, auction)
    made = bids.count(tx.session, auction.tenant, auction.id)
    told += winning.tell_settled(tx.session, auction, winners, made)
    lost = winning.losers(tx.session, auction, BATCH, all_of_them=False)
    told += winning.deny(tx.session, auction, lost)
    outbox.wake(tx, rt.jobs, told)
    tx.then(lambda: rt.distributions.forget(auction.id))
    return len(winners) + len(lost)


def _follow(rt: Runtime, tx: Transaction, auction: Auction, kid: str) -> int:
    """Admit the next ones where places are vacant; once none can be any more, tell them."""
    next_ones = winning.runners_up(tx.session, auction, _vacant(auction))
    told = winning.admit(tx.session, auction, next_ones, kid)
    over = not next_ones and runners_up_lost(auction.winner_count, **_places(auction))
    lost = winning.losers(tx.session, auction, BATCH, all_of_them=over)
    told += winning.deny(tx.session, auction, lost)
    outbox.wake(tx, rt.jobs, told)
    return len(next_ones) + len(lost)


def _claim(tx: Transaction, tenant: Tenant, auction_id: str) -> Auction | None:
    """Take an auction for a clock, unless another clock has it or it is not served."""
    if not counters.claim(tx.session, tenant, auction_id):
        return None
    auction = auctions.hold(tx.session, tenant, auction_id)
    return auction if auction is not None and auction.window.serves(auction.now) else None


def _vacant(auction: Auction) -> int:
    return second_chances(auction.winner_count, **_places(auction))


def _places(auction: Auction) -> Places:
    ground, line = auction.ground, auction.line
    return {
        "live": line.active,
        "completed": line.completed,
        "free": free_places(ground.limits, ground.taken),
    }
