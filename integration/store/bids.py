"""Statements on bids, and on where they have brought each bidder."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, or_, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.engine.bidding import Bid as Offered
from integration.engine.bidding import Standing
from integration.kernel.ids import new_id
from integration.kernel.money import format_money
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.arrays import QUEUED
from integration.store.auctions import Auction
from integration.store.models import Bid, Bidder, Participation
from integration.store.rows import Slice

B = Bidder
P = Participation


class Placed(NamedTuple):
    """One accepted bid, and the entry that it belongs to."""

    id: str
    amount: Decimal
    max_amount: Decimal | None
    placed_at: datetime
    number: int
    consumer_id: str


class Figures(NamedTuple):
    """How many bids there are, and the highest; one bidder's last bid, and what they won for."""

    bid_count: int
    high: Decimal | None
    last_amount: Decimal | None
    last_time: datetime | None
    winning_amount: Decimal | None


def leaders(session: Session, auction: Auction, most: int) -> list[Standing]:
    """Return the first of those who wait: the highest, the earlier of two that are equal."""
    first = _bidders(auction).where(P.state == QUEUED).limit(most)
    return [standing_of(each, auction.currency) for each in session.scalars(first)]


def top(session: Session, auction: Auction, most: int) -> list[Bidder]:
    """Return the highest bidders, whether they wait or have won."""
    return list(session.scalars(_stays(auction).limit(most)))


def standing_of(row: Bidder, currency: str) -> Standing:
    """Return a row as the rules of bidding take it, in the decimals of its currency."""
    amount, ceiling = (Decimal(format_money(each, currency)) for each in (row.amount, row.ceiling))
    return Standing(row.participation_id, amount, ceiling, row.ordinal)


def count(session: Session, tenant: Tenant, auction_id: str) -> int:
    """Return how many bids were accepted; the last one's ordinal."""
    last = rows.of(Bid, tenant).where(Bid.distribution_id == auction_id)
    return session.scalar(last.with_only_columns(func.max(Bid.ordinal))) or 0


def figures(session: Session, auction: Auction, participation_id: str) -> Figures:
    """Return what a bidder is told beside how they stand."""
    own = rows.of(B, auction.tenant).where(B.participation_id == participation_id)
    mine = rows.of(Bid, auction.tenant).where(Bid.participation_id == participation_id)
    last = mine.order_by(Bid.ordinal.desc()).limit(1)
    every = rows.of(Bid, auction.tenant).where(Bid.distribution_id == auction.id)
    row = session.execute(
        select(
            every.with_only_columns(func.max(Bid.ordinal)).scalar_subquery(),
            _stays(auction).limit(1).with_only_columns(B.amount).scalar_subquery(),
            last.with_only_columns(Bid.amount).scalar_subquery(),
            last.with_only_columns(Bid.placed_at).scalar_subquery(),
            own.with_only_columns(B.winning_amount).scalar_subquery(),
        )
    ).one()
    return Figures(row[0] or 0, *row[1:])


def record(session: Session, auction: Auction, offer: Offered, most: Decimal | None) -> Bid:
    """Keep an accepted bid, with the ceiling that came with it; the caller holds the auction."""
    made = Bid(
        id=new_id("bid"),
        **auction.tenant._asdict(),
        distribution_id=auction.id,
        participation_id=offer.bidder,
        ordinal=offer.order,
        amount=offer.amount,
        max_amount=most,
        placed_at=auction.now,
    )
    session.add(made)
    session.flush()
    return made


def keep(session: Session, auction: Auction, changed: Iterable[Standing]) -> None:
    """Keep where these bidders stand now; the caller holds the auction."""
    values = [
        {
            "participation_id": each.bidder,
            "distribution_id": auction.id,
            "amount": each.amount,
            "ceiling": each.ceiling,
            "ordinal": each.order,
            "since": auction.now,
            **auction.tenant._asdict(),
        }
        for each in changed
    ]
    new = insert(B).values(values)
    said = new.excluded
    since = case((B.amount == said.amount, B.since), else_=said.since)
    moved = {name: said[name] for name in ("amount", "ceiling", "ordinal")} | {"since": since}
    session.execute(new.on_conflict_do_update(index_elements=[B.participation_id], set_=moved))


def lead(
    session: Session, auction: Auction, *, leading: Sequence[str], outbid: Sequence[str]
) -> list[str]:
    """Keep who leads and who does not; return the entries for which that is new."""
    ids = [*leading, *outbid]
    outcomes = ["WINNING"] * len(leading) + ["OUTBID"] * len(outbid)
    values = {"ids": ids, "outcomes": outcomes} | auction.tenant._asdict()
    return list(session.scalars(_LEAD, values))


def lead_anew(session: Session, tenant: Tenant, auction_id: str) -> None:
    """Let others lead where one who led does not wait any more."""
    session.execute(_LEAD_ANEW, {"auction_id": auction_id} | tenant._asdict())


_LEAD = text("""
    UPDATE participation p SET outcome = c.outcome, version = p.version + 1
    FROM unnest(CAST(:ids AS text[]), CAST(:outcomes AS text[])) AS c (id, outcome)
    WHERE p.id = c.id AND p.state = 'QUEUED' AND p.outcome IS DISTINCT FROM c.outcome
        AND p.organization_id = :organization_id AND p.mode = :mode
    RETURNING p.id
""")

_LEAD_ANEW = text("""
    WITH stands AS (
        SELECT p.id, CASE
            WHEN row_number() OVER (ORDER BY b.amount DESC, b.ordinal)
                <= CAST(d.rules ->> 'winnerCount' AS integer) THEN 'WINNING' ELSE 'OUTBID'
            END AS outcome
        FROM bidder b
        JOIN participation p ON p.id = b.participation_id AND p.state = 'QUEUED'
        JOIN distribution d ON d.id = b.distribution_id AND d.settled_at IS NULL
        WHERE b.distribution_id = :auction_id
            AND b.organization_id = :organization_id AND b.mode = :mode
    )
    UPDATE participation p SET outcome = s.outcome, version = p.version + 1
    FROM stands s
    WHERE p.id = s.id AND p.outcome IS DISTINCT FROM s.outcome
        AND p.organization_id = :organization_id AND p.mode = :mode
""")


def page(
    session: Session, tenant: Tenant, auction_id: str, part: Slice, consumer_id: str | None = None
) -> list[Placed]:
    """Return a part of an auction's bids, the newest first; of one consumer, or all."""
    found = (
        rows.of(Bid, tenant)
        .where(Bid.distribution_id == auction_id)
        .join(P, P.id == Bid.participation_id)
        .with_only_columns(
            Bid.id, Bid.amount, Bid.max_amount, Bid.placed_at, P.number, P.consumer_id
        )
        .order_by(Bid.ordinal.desc())
        .limit(part.limit)
    )
    if consumer_id is not None:
        found = found.where(P.consumer_id == consumer_id)
    if part.after is not None:
        before = rows.of(Bid, tenant).where(Bid.id == part.after)
        found = found.where(Bid.ordinal < before.with_only_columns(Bid.ordinal).scalar_subquery())
    return [Placed._make(row) for row in session.execute(found)]


def _bidders(auction: Auction) -> Select[Any]:
    return (
        select(B)
        .join(P, P.id == B.participation_id)
        .where(B.distribution_id == auction.id)
        .where(B.organization_id == auction.tenant.organization_id, B.mode == auction.tenant.mode)
        .order_by(B.amount.desc(), B.ordinal)
        .execution_options(populate_existing=True)
    )


def _stays(auction: Auction) -> Select[Any]:
    return _bidders(auction).where(or_(P.state == QUEUED, P.admitted_at.is_not(None)))
