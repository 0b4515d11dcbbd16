"""What a launch came to: counts by the minute, and how far rows have been counted."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Identity, Index, Numeric, func, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Tenanted


class InsightCount(Tenanted, Base):
    """How much of something one subject saw in one step of time (engine/insight.py).

    The subject is a distribution or, of ways that were asked for, a sequence or experience.
    """

    __tablename__ = "insight_count"
    __table_args__ = (
        Index("ix_insight_count_ever", "measure", "subject_id", postgresql_where=text("grain = 0")),
        # A count is added to many times, and is in no index: room to do so in place.
        {"postgresql_with": {"fillfactor": "70"}},
    )

    organization_id: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(primary_key=True)
    grain: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    start: Mapped[datetime] = mapped_column(primary_key=True)
    subject_id: Mapped[str] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Decimal] = mapped_column(Numeric(28, 4))


class InsightFact(Tenanted, Base):
    """Something that happened and has yet to be counted; counting it deletes it.

    ``milliseconds``: how long it took, where that is counted too.
    """

    __tablename__ = "insight_fact"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    subject_id: Mapped[str]
    measure: Mapped[str]
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    milliseconds: Mapped[int | None]


class InsightMark(Tenanted, Base):
    """How far a line has been counted: its entries by number, its admissions by turn.

    ``version`` is the line's when all of it was counted.
    """

    __tablename__ = "insight_mark"

    distribution_id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(server_default="0")
    turn: Mapped[int] = mapped_column(server_default="0")
    version: Mapped[int] = mapped_column(server_default="-1")


class InsightBlock(Tenanted, Base):
    """How many of a block of entry numbers were admitted (engine/fairness.py)."""

    __tablename__ = "insight_block"

    distribution_id: Mapped[str] = mapped_column(primary_key=True)
    block: Mapped[int] = mapped_column(primary_key=True)
    admitted: Mapped[int]
