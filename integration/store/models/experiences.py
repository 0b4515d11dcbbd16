"""What a merchant sets up: experiences, their sequences, their distributions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class Experience(Tenanted, Dated, Versioned, Base):
    """One launch; its status is derived from these times (engine/windows.py).

    ``opened_at`` and ``closed_at`` are when it was told that it had opened, and closed.
    """

    __tablename__ = "experience"
    __table_args__ = (
        Index(None, "organization_id", "mode", "id"),
        Index(
            "ix_experience_running",
            "id",
            postgresql_where=text(
                "published_at IS NOT NULL AND ended_at IS NULL AND archived_at IS NULL"
            ),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str | None]
    open_at: Mapped[datetime | None]
    close_at: Mapped[datetime | None]
    time_zone: Mapped[str]
    currency_code: Mapped[str]
    checkout_url: Mapped[str | None]
    connection_id: Mapped[str | None] = mapped_column(ForeignKey("connection.id"), index=True)
    product_id: Mapped[str | None] = mapped_column(ForeignKey("product.id"))
    theme: Mapped[dict[str, Any] | None]
    i18n: Mapped[dict[str, Any] | None]
    notice: Mapped[str | None]
    expected_audience: Mapped[int | None]
    published_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]


class Sequence(Tenanted, Dated, Versioned, Base):
    """One path through an experience; the highest priority is tried first.

    ``gate_version`` is null where anybody may enter unrouted. It rises with every change of
    the gates, and what a route has granted before then counts no more. ``code_of`` is the
    sequence that the access code was first given to, where this one is a copy of it.
    """

    __tablename__ = "sequence"
    __table_args__ = (Index(None, "experience_id", "priority"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    experience_id: Mapped[str] = mapped_column(ForeignKey("experience.id"))
    name: Mapped[str]
    priority: Mapped[int]
    color: Mapped[str | None]
    access_code: Mapped[bytes | None]
    code_of: Mapped[str | None]
    audience_id: Mapped[str | None] = mapped_column(ForeignKey("audience.id"), index=True)
    require_authentication: Mapped[bool] = mapped_column(default=False, server_default="false")
    bot_check: Mapped[bool] = mapped_column(default=False, server_default="false")
    gate_version: Mapped[int | None]
    archived_at: Mapped[datetime | None]

    @property
    def has_access_code(self) -> bool:
        """Whether one must know a code to be led here."""
        return self.access_code is not None

    @property
    def gated(self) -> bool:
        """Whether anything is asked of those who come."""
        asked = self.require_authentication or self.bot_check
        return asked or self.has_access_code or self.audience_id is not None


class Distribution(Tenanted, Dated, Versioned, Base):
    """One mechanism that hands out admissions; ``rules`` are its kind's own fields.

    ``gate_version`` repeats its sequence's, for ``enter_batch``; ``settled_at`` is when an
    auction's winners were chosen.
    """

    __tablename__ = "distribution"
    __table_args__ = (
        Index(None, "sequence_id"),
        Index(None, "organization_id", "mode", "kind", "id"),
        Index(None, "changed_at"),
        Index(
            "ix_distribution_unsettled",
            "close_at",
            postgresql_where=text("kind = 'auction' AND settled_at IS NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    experience_id: Mapped[str] = mapped_column(ForeignKey("experience.id"), index=True)
    sequence_id: Mapped[str] = mapped_column(ForeignKey("sequence.id"))
    gate_version: Mapped[int | None]
    name: Mapped[str]
    state: Mapped[str]
    open_at: Mapped[datetime | None]
    close_at: Mapped[datetime | None]
    time_zone: Mapped[str]
    max_capacity: Mapped[int | None]
    admission_expiration_seconds: Mapped[int]
    product_id: Mapped[str | None] = mapped_column(ForeignKey("product.id"))
    variant_id: Mapped[str | None] = mapped_column(ForeignKey("variant.id"))
    inventory_bound: Mapped[bool]
    stock: Mapped[int | None]
    units_per_admission: Mapped[int]
    fingerprint_policy: Mapped[str]
    fingerprint_at_validation: Mapped[bool]
    max_entries_per_fingerprint: Mapped[int]
    extendable: Mapped[bool]
    restock_on_cancel: Mapped[bool]
    notice: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict)
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    settled_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]
