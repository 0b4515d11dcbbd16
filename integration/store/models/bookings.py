"""What appointments and waitlists remember beside the line."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Dated, Tenanted, Versioned
from integration.store.models.experiences import Distribution


class Booking(Tenanted, Dated, Versioned, Base):
    """The slot of one entry; it takes a place for as long as its entry is not given up.

    Slots themselves are derived from the appointment's rules. ``pending`` until the clock
    has seen the slot begin.
    """

    __tablename__ = "booking"
    __table_args__ = (
        Index("uq_booking_code", "organization_id", "mode", "confirmation_code", unique=True),
        Index(None, "distribution_id", "starts_at"),
        Index("ix_booking_pending", "starts_at", postgresql_where=text("pending")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    participation_id: Mapped[str] = mapped_column(unique=True)
    distribution_id: Mapped[str] = mapped_column(ForeignKey("distribution.id"))
    slot_id: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    location_id: Mapped[str | None]
    confirmation_code: Mapped[str]
    pending: Mapped[bool] = mapped_column(server_default="true")


class WaitlistEntry(Tenanted, Versioned, Base):
    """Somebody who wants to be told when a sequence opens."""

    __tablename__ = "waitlist_entry"
    __table_args__ = (
        Index("uq_waitlist_entry_consumer", "distribution_id", "consumer_id", unique=True),
        Index(
            "ix_waitlist_entry_waiting",
            "distribution_id",
            "entered_at",
            postgresql_where=text("state = 'waitlisted'"),
        ),
        Index(None, "consumer_id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    distribution_id: Mapped[str] = mapped_column(ForeignKey("distribution.id"))
    experience_id: Mapped[str]
    sequence_id: Mapped[str]
    consumer_id: Mapped[str]
    state: Mapped[str]
    entered_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    notified_at: Mapped[datetime | None]


# A sequence has one waitlist: its page shows one.
Index(
    "uq_distribution_waitlist",
    Distribution.sequence_id,
    unique=True,
    postgresql_where=text("kind = 'waitlist' AND archived_at IS NULL"),
)
