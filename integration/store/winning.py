"""Statements on an auction's winners: who they are, what they pay, who may follow them."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, literal, select, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Session

from integration.engine.participations import DenyReason, ParticipationState
from integration.engine.status import event_data
from integration.kernel.money import format_money
from integration.store import events, outbox, participations, turns
from integration.store.arrays import QUEUED, among
from integration.store.auctions import Auction
from integration.store.models import Bidder, Participation
from integration.store.outbox import Event
from integration.store.turns import Candidate

B = Bidder
P = Participation
ADMITTED = "auction.consumer.admitted"
SETTLED = "auction.settled"


class Winner(NamedTuple):
    """Somebody who waits and is to be admitted, and what they pay."""

    candidate: Candidate
    amount: Decimal


def waiting(session: Session, auction: Auction, ids: Sequence[str]) -> list[Winner]:
    """Return these bidders in this order, each at their own amount."""
    place = func.array_position(literal(list(ids), ARRAY(TEXT)), B.participation_id)
    wanted = _waiting(auction).where(among(B.participation_id, ids)).order_by(place)
    return [_winner(row) for row in session.execute(wanted)]


def runners_up(session: Session, auction: Auction, most: int) -> list[Winner]:
    """Return who may get a second chance, the highest first."""
    wanted = _waiting(auction).where(B.rank.is_not(None)).order_by(B.rank).limit(most)
    return [_winner(row) for row in session.execute(wanted)]


def losers(session: Session, auction: Auction, most: int, *, all_of_them: bool) -> list[str]:
    """Return who waits in vain: those without a rank, or all of them."""
    wanted = _waiting(auction).order_by(P.number).limit(most)
    if not all_of_them:
        wanted = wanted.where(B.rank.is_(None))
    return [row.id for row in session.execute(wanted)]


def rank(session: Session, auction: Auction, ids: Sequence[str]) -> None:
    """Keep the order of winners and runners-up; the caller holds the auction."""
    session.execute(_RANK, {"ids": list(ids)} | auction.tenant._asdict())


def admit(session: Session, auction: Auction, chosen: Sequence[Winner], kid: str) -> list[str]:
    """Admit these, in this order, for what each pays; return the endpoints to wake.

    The caller holds the auction.
    """
    if not chosen:
        return []
    candidates = [each.candidate for each in chosen]
    turns.give(session, auction.tenant, auction.ground, candidates, kid=kid)
    values = {
        "ids": [each.id for each in candidates],
        "amounts": [str(each.amount) for each in chosen],
    }
    session.execute(_WIN, values | auction.tenant._asdict())
    return _tell_admitted(session, auction, chosen)


def deny(session: Session, auction: Auction, ids: Sequence[str]) -> list[str]:
    """Tell these who wait that they were not selected; return the endpoints to wake."""
    state, reason = ParticipationState.DENIED, DenyReason.NOT_SELECTED.value
    moved = participations.end_waiting(
        session, auction.tenant, auction.id, ids, state, reason=reason
    )
    return events.of_entries(session, auction.tenant, auction.row.kind, "denied", moved)


def tell_settled(
    session: Session, auction: Auction, won: Sequence[Winner], bid_count: int
) -> list[str]:
    """Tell subscribers who won, and for how much; return the endpoints to wake."""
    if not outbox.subscribed(session, auction.tenant, SETTLED):
        return []
    data = {
        "auctionId": auction.id,
        "experienceId": auction.row.experience_id,
        "sequenceId": auction.row.sequence_id,
        "status": "SETTLED",
        "bidCount": bid_count,
        "currencyCode": auction.currency,
        "winners": [
            {
                "consumerId": each.candidate.consumer_id,
                "winningBidAmount": format_money(each.amount, auction.currency),
            }
            for each in won
        ],
    }
    # Bids are this subject's too, each by its ordinal.
    return outbox.emit(session, auction.tenant, SETTLED, auction.id, bid_count + 1, data)


def _tell_admitted(session: Session, auction: Auction, chosen: Sequence[Winner]) -> list[str]:
    if not outbox.subscribed(session, auction.tenant, ADMITTED):
        return []
    paid = {each.candidate.id: each.amount for each in chosen}
    found = participations.standings(session, auction.tenant, paid)
    told = [
        event_data(each)
        | {
            "winningBidAmount": format_money(paid[each.id], auction.currency),
            "currencyCode": auction.currency,
        }
        for each in found
    ]
    happened = [
        Event(ADMITTED, each.id, each.version, data) for each, data in zip(found, told, strict=True)
    ]
    return outbox.emit_many(session, auction.tenant, happened)


_RANK = text("""
    UPDATE bidder b SET rank = r.rank
    FROM unnest(CAST(:ids AS text[])) WITH ORDINALITY AS r (id, rank)
    WHERE b.participation_id = r.id
        AND b.organization_id = :organization_id AND b.mode = :mode
""")

_WIN = text("""
    UPDATE bidder b SET winning_amount = w.amount
    FROM unnest(CAST(:ids AS text[]), CAST(:amounts AS numeric[])) AS w (id, amount)
    WHERE b.participation_id = w.id
        AND b.organization_id = :organization_id AND b.mode = :mode
""")


def _waiting(auction: Auction) -> Any:
    return (
        select(P.id, P.consumer_id, P.number, B.amount)
        .join(B, B.participation_id == P.id)
        .where(P.distribution_id == auction.id, P.state == QUEUED)
        .where(P.organization_id == auction.tenant.organization_id, P.mode == auction.tenant.mode)
    )


def _winner(row: Any) -> Winner:
    return Winner(Candidate(row.id, row.consumer_id, row.number), row.amount)
