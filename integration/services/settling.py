"""Settling auctions: who has won, who may follow, who has lost (contract.md, section 3).

Any number of clocks may do it at once; each step is a short transaction on one auction,
on the database's time.
"""

from types import SimpleNamespace

from integration.engine.auction_terms import bid_rules
from integration.engine.kinds.auction import runners_up_lost, second_chances, settle
from integration.engine.pacing import free_places
from integration.engine.windows import DistributionState
from integration.kernel.errors import Conflict, NotFound
from integration.kernel.tenant import Tenant
from integration.runtime import Runtime
from integration.store import auctions, bids, counters, distributions, launching, outbox, winning
from integration.store.auctions import Auction
from integration.store.counters import LineOf
from integration.store.db import Transaction

MOST = 1_000
BATCH = 2_500
"""Losers told in one transaction: an auction is held for a fraction of a second."""


class NotSettleable(Conflict):
    """Its bidding has not begun, or its merchant holds it up."""

    code = "NOT_SETTLEABLE"
    message = "An auction is settled once it has opened, and while it is not paused."


def settle_due(rt: Runtime) -> int:
    """Choose the winners of every auction whose time has come; return how many auctions."""
    with rt.transaction() as tx:
        lines = auctions.unsettled(tx.session, MOST)
    return sum(_settle(rt, line) for line in lines)


def follow_up(rt: Runtime) -> int:
    """Give second chances where winners did not pay, and tell those who have lost.

    Returns how many were admitted or denied.
    """
    with rt.transaction() as tx:
        lines = auctions.unfinished(tx.session, MOST)
    return sum(_follow(rt, line) for line in lines)


def settle_now(rt: Runtime, tenant: Tenant, auction_id: str) -> SimpleNamespace:
    """End bidding if it has not ended, and choose the winners; repeating changes nothing.

    Raises ``NotSettleable``.
    """
    kid = rt.keyring.active_kid
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, tenant, auction_id)
        row = launching.running(tx.session, tenant, auctions.KIND, auction_id)
        auction = auctions.find(tx.session, tenant, auction_id)
        if auction is None:
            raise NotFound("Auction")
        if row.settled_at is None:
            if row.state != DistributionState.ACTIVE or not auction.window.opened(auction.now):
                raise NotSettleable
            if auction.closes_at > auction.now:
                auctions.extend(tx.session, auction, auction.now)
            _choose(rt, tx, auction, kid)
        return distributions.described(tx.session, tenant, [row], rt.clock.now())[0]


def _settle(rt: Runtime, line: LineOf) -> bool:
    kid = rt.keyring.active_kid
    with rt.transaction() as tx:
        auction = _claim(tx, line)
        if auction is None or not auction.due:
            return False
        _choose(rt, tx, auction, kid)
    return True


def _choose(rt: Runtime, tx: Transaction, auction: Auction, kid: str) -> None:
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
    told += winning.deny(
        tx.session, auction, winning.losers(tx.session, auction, BATCH, all_of_them=False)
    )
    outbox.wake(tx, rt.jobs, told)
    tx.then(lambda: rt.distributions.forget(auction.id))


def _follow(rt: Runtime, line: LineOf) -> int:
    kid = rt.keyring.active_kid
    with rt.transaction() as tx:
        auction = _claim(tx, line)
        if auction is None or auction.row.settled_at is None:
            return 0
        next_ones = winning.runners_up(tx.session, auction, _vacant(auction))
        told = winning.admit(tx.session, auction, next_ones, kid)
        over = not next_ones and _over(auction)
        lost = winning.losers(tx.session, auction, BATCH, all_of_them=over)
        told += winning.deny(tx.session, auction, lost)
        outbox.wake(tx, rt.jobs, told)
        return len(next_ones) + len(lost)


def _claim(tx: Transaction, line: LineOf) -> Auction | None:
    """Take an auction for a clock, unless another clock has it or it is not served."""
    tenant, auction_id, _ = line
    if not counters.claim(tx.session, tenant, auction_id):
        return None
    auction = auctions.hold(tx.session, tenant, auction_id)
    return auction if auction is not None and auction.window.serves(auction.now) else None


def _vacant(auction: Auction) -> int:
    ground = auction.ground
    return second_chances(
        auction.winner_count,
        live=auction.line.active,
        completed=auction.line.completed,
        free=free_places(ground.limits, ground.taken),
    )


def _over(auction: Auction) -> bool:
    ground = auction.ground
    return runners_up_lost(
        auction.winner_count,
        live=auction.line.active,
        completed=auction.line.completed,
        free=free_places(ground.limits, ground.taken),
    )
