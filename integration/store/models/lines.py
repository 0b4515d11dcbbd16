"""The line: its counters, the people in it, the admissions they were given."""

from datetime import datetime

from sqlalchemy import ForeignKey, Identity, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Tenanted

# Two version 4 UUIDs, 244 random bits: what Postgres makes without an extension.
RANDOM = text("uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())")


class Line(Tenanted, Base):
    """The counters of one distribution; whoever changes one locks this row first.

    ``lobby`` is null until numbers count: how many of the first are shuffled, by ``seed``.
    """

    __tablename__ = "line"
    # Room on the page for many versions of a row that every entry updates.
    __table_args__ = ({"postgresql_with": {"fillfactor": "20"}},)

    distribution_id: Mapped[str] = mapped_column(ForeignKey("distribution.id"), primary_key=True)
    entered: Mapped[int] = mapped_column(server_default="0")
    waiting: Mapped[int] = mapped_column(server_default="0")
    active: Mapped[int] = mapped_column(server_default="0")
    completed: Mapped[int] = mapped_column(server_default="0")
    held: Mapped[int] = mapped_column(server_default="0")
    sold: Mapped[int] = mapped_column(server_default="0")
    serving: Mapped[int] = mapped_column(server_default="0")
    carry: Mapped[int] = mapped_column(server_default="0")
    paced_at: Mapped[datetime | None]
    lobby: Mapped[int | None]
    seed: Mapped[bytes] = mapped_column(server_default=RANDOM)
    version: Mapped[int] = mapped_column(server_default="0")


class Participation(Tenanted, Base):
    """One entry of one consumer; ``current`` is the one that a new entry answers with.

    Passed over and not returned: still QUEUED, but away from the line.
    """

    __tablename__ = "participation"
    # No foreign keys: enter_batch joins both parents, and two checks a row halve its rate.
    __table_args__ = (
        Index(
            "uq_participation_current",
            "distribution_id",
            "consumer_id",
            unique=True,
            postgresql_where=text("current"),
        ),
        Index("uq_participation_number", "distribution_id", "number", unique=True),
        Index(
            "ix_participation_waiting",
            "distribution_id",
            "number",
            postgresql_where=text("state = 'QUEUED'"),
        ),
        Index(
            "ix_participation_passed",
            "distribution_id",
            "passed_at",
            postgresql_where=text("state = 'QUEUED' AND passed_at IS NOT NULL"),
        ),
        Index(
            "ix_participation_fingerprint",
            "distribution_id",
            "fingerprint",
            postgresql_where=text("state IN ('QUEUED', 'ADMITTED') AND fingerprint IS NOT NULL"),
        ),
        Index(None, "consumer_id", "distribution_id", "number"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    distribution_id: Mapped[str]
    experience_id: Mapped[str]
    sequence_id: Mapped[str]
    consumer_id: Mapped[str]
    number: Mapped[int]
    state: Mapped[str]
    deny_reason: Mapped[str | None]
    outcome: Mapped[str | None]
    current: Mapped[bool] = mapped_column(server_default="true")
    fingerprint: Mapped[bytes | None]
    entered_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    passed_at: Mapped[datetime | None]
    returned_at: Mapped[datetime | None]
    admitted_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")


class Admission(Tenanted, Base):
    """A right to check out; its token is computed from this row (design.md, D8).

    ``turn`` is the order in which admissions were given; ``in_turn`` is false where
    the merchant let somebody pass the line; ``checked_out_at`` is when its checkout was
    first opened, or when it completed without.
    """

    __tablename__ = "admission"
    __table_args__ = (
        Index(
            "ix_admission_expiry",
            "expires_at",
            postgresql_where=text("state = 'ADMITTED'"),
        ),
        Index(None, "distribution_id", "consumer_id"),
        Index(None, "distribution_id", "turn"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    participation_id: Mapped[str] = mapped_column(ForeignKey("participation.id"), unique=True)
    distribution_id: Mapped[str] = mapped_column(ForeignKey("distribution.id"))
    consumer_id: Mapped[str]
    state: Mapped[str]
    kid: Mapped[str]
    units: Mapped[int]
    turn: Mapped[int] = mapped_column(Identity(always=True))
    in_turn: Mapped[bool]
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    extended_at: Mapped[datetime | None]
    checked_out_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
