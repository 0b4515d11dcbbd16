"""Auctions: every bid that was accepted, and where each bidder stands."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Tenanted


class Bidder(Tenanted, Base):
    """Where an entry's bids have brought it; whose it is, the participation says.

    ``ordinal`` is that of the bid that gave the ceiling, ``since`` when ``amount`` was
    reached. ``rank`` is told once at settlement, to winners and runners-up; ``winning_amount``
    is what its admission was won for.
    """

    __tablename__ = "bidder"
    __table_args__ = (Index(None, "distribution_id", "amount"),)

    participation_id: Mapped[str] = mapped_column(ForeignKey("participation.id"), primary_key=True)
    distribution_id: Mapped[str]
    amount: Mapped[Decimal]
    ceiling: Mapped[Decimal]
    ordinal: Mapped[int]
    since: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    rank: Mapped[int | None]
    winning_amount: Mapped[Decimal | None]


class Bid(Tenanted, Base):
    """One accepted bid; ``ordinal`` counts an auction's bids in the order of their commits."""

    __tablename__ = "bid"
    __table_args__ = (
        Index("uq_bid_ordinal", "distribution_id", "ordinal", unique=True),
        Index(None, "participation_id", "ordinal"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    distribution_id: Mapped[str]
    participation_id: Mapped[str] = mapped_column(ForeignKey("participation.id"))
    ordinal: Mapped[int]
    amount: Mapped[Decimal]
    max_amount: Mapped[Decimal | None]
    placed_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
