"""Bidding: one bid after the other, each decided under the auction's row."""

from functools import partial
from typing import Any, NamedTuple

from integration.engine.auction_terms import is_dutch
from integration.engine.entering import Closed, Full, NotOpenYet, title
from integration.engine.kinds.auction import AuctionStatus
from integration.engine.participations import ParticipationState
from integration.engine.status import Standing
from integration.kernel.errors import Detail, ValidationFailed, required
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    auction_views,
    auctions,
    bidding,
    doors,
    events,
    orders,
    outbox,
    participations,
    routing,
)
from integration.store.auctions import Auction
from integration.store.bidding import Offer
from integration.store.db import Transaction
from integration.store.distributions import DistributionFacts
from integration.store.doors import Comer, Door
from integration.store.turns import Candidate

KIND = auctions.KIND


class Answered(NamedTuple):
    """A bidder's status object, and whether a bid was accepted."""

    body: dict[str, Any]
    accepted: bool


def bid(
    rt: Runtime, caller: Caller, auction_id: str, offer: Offer, fingerprint: str | None
) -> Answered:
    """Place a bid, durable when this returns; a refused one changes nothing.

    Who holds an admission already, or was turned away, is shown that instead. Raises what
    the contract says against bidding.
    """
    known = rt.distributions.of(caller.tenant, KIND, auction_id)
    device = doors.device(rt.vault, known.fingerprint_policy, fingerprint)
    offer = _exact(offer, known)
    who, keyring = Comer(auction_id, caller.consumer_id or "", device), rt.keyring
    with rt.transaction() as tx:
        auction = _open(tx, caller.tenant, auction_id)
        door = _door(tx, caller.tenant, who)
        bids = door.state is None or (door.state is ParticipationState.QUEUED and not auction.dutch)
        if bids:
            ends, (bidder, told) = auction.closes_at, _bidder(tx, auction, door, who)
            if auction.dutch:
                told += bidding.buy(tx.session, auction, bidder, offer, keyring.active_kid)
            else:
                told += bidding.outbid(tx.session, auction, bidder, offer)
            outbox.wake(tx, rt.jobs, told)
            if auction.closes_at > ends:
                tx.then(partial(rt.distributions.forget, auction_id))
        entry = _entry(tx, auction, who)
        token = admissions.token_of(keyring, entry)
        return Answered(auction_views.standing_body(tx.session, auction, entry, token), bids)


def _exact(offer: Offer, known: DistributionFacts) -> Offer:
    """Return the offer in the decimals of the auction's currency, or raise ``ValidationFailed``."""
    currency = known.rules["currencyCode"]
    amount = orders.exact("amount", offer.amount, currency)
    if offer.most is None:
        return Offer(amount)
    if is_dutch(known.rules):
        raise _bad("In a dutch auction you pay the current price: send only amount.")
    most = orders.exact("maxAmount", offer.most, currency)
    if most < amount:
        raise _bad("No less than amount.")
    return Offer(amount, most)


def _bad(said: str) -> ValidationFailed:
    return ValidationFailed(details=[Detail("maxAmount", said)])


def _open(tx: Transaction, tenant: Tenant, auction_id: str) -> Auction:
    """Take an auction that takes bids: by the database's clock, once it is our turn."""
    auction = required(auctions.hold(tx.session, tenant, auction_id), title(KIND))
    if auction.status is AuctionStatus.PENDING:
        raise NotOpenYet(KIND, auction.opened_at, auction.now)
    if auction.status is not AuctionStatus.OPEN:
        raise Closed(KIND)
    return auction


def _door(tx: Transaction, tenant: Tenant, who: Comer) -> Door:
    return required(doors.look(tx.session, tenant, who), title(KIND))


def _bidder(
    tx: Transaction, auction: Auction, door: Door, who: Comer
) -> tuple[Candidate, list[str]]:
    """Return the consumer's entry, a new one if need be, and the endpoints to wake."""
    if door.state is None:
        bidder = _enter(tx, auction, door, who)
        told = events.of_entries(tx.session, auction.tenant, KIND, "entered", [bidder.id])
        return bidder, told
    entry = _entry(tx, auction, who)
    return Candidate(entry.id, who.consumer_id, entry.number or 0), []


def _enter(tx: Transaction, auction: Auction, door: Door, who: Comer) -> Candidate:
    routing.require(tx.session, auction.tenant, auction.id, who.consumer_id)
    door.check_device()
    line, most = auction.line, auction.row.max_capacity
    if most is not None and line.waiting + line.active >= most:
        raise Full(KIND)
    return doors.enter(tx.session, auction.tenant, door, who)


def _entry(tx: Transaction, auction: Auction, who: Comer) -> Standing:
    found = participations.latest(tx.session, auction.tenant, auction.id, who.consumer_id)
    assert found is not None  # noqa: S101 - they came in, or were in before
    return found
