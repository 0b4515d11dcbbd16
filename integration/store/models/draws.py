"""Draws: what they commit themselves to, who was in at closing, whom they chose."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Tenanted


class Draw(Tenanted, Base):
    """How far a draw has come, and all that its proof shows (design.md, D9).

    ``terms`` and the sealed ``seed`` are made with the distribution and fixed at opening;
    ``entry_root`` and what follows at closing, with a beacon its round's words before
    drawing. ``chunks`` are kept nodes of the entries' tree (engine/merkle.py).
    ``announced_at``: everybody has been told; ``finished_at``: nobody waits any more.
    """

    __tablename__ = "draw"
    __table_args__ = (
        Index(
            "ix_draw_unfinished", "distribution_id", postgresql_where=text("finished_at IS NULL")
        ),
    )

    distribution_id: Mapped[str] = mapped_column(ForeignKey("distribution.id"), primary_key=True)
    terms: Mapped[str]
    seed: Mapped[bytes]
    draw_at: Mapped[datetime]
    beacon_round: Mapped[int | None]
    run_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    entry_root: Mapped[bytes | None]
    entrant_count: Mapped[int | None]
    chunks: Mapped[bytes | None]
    assurance: Mapped[str | None]
    beacon_asked_at: Mapped[datetime | None]
    beacon_signature: Mapped[bytes | None]
    drawn_at: Mapped[datetime | None]
    withdrawn: Mapped[list[str] | None]
    announced_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class DrawPage(Tenanted, Base):
    """A part of the entries that were in at closing, by id: one leaf of the tree a line."""

    __tablename__ = "draw_page"
    __table_args__ = (Index(None, "distribution_id", "first_id"),)

    distribution_id: Mapped[str] = mapped_column(
        ForeignKey("draw.distribution_id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    # Bytewise, whatever the database's collation: so is the tree.
    first_id: Mapped[str] = mapped_column(Text(collation="C"))
    leaves: Mapped[str]


class DrawChoice(Tenanted, Base):
    """One winner or backup, by rank from 1 on."""

    __tablename__ = "draw_choice"

    distribution_id: Mapped[str] = mapped_column(
        ForeignKey("draw.distribution_id"), primary_key=True
    )
    rank: Mapped[int] = mapped_column(primary_key=True)
    participation_id: Mapped[str] = mapped_column(unique=True)
