"""The record of what happened, and its seals: rows are added, never changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, func, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Tenanted


class AuditRow(Tenanted, Base):
    """One change, by one actor; triggers write it (migrations/sql/audit.sql).

    ``ordinal`` counts them over all tenants, with gaps where a transaction was taken back.
    """

    __tablename__ = "audit_log"
    __table_args__ = (
        Index(None, "subject_id", "ordinal"),
        Index(None, "experience_id", "ordinal"),
        # Entries have an experience, and are by consumers: a launch pays for two indexes.
        Index(
            "ix_audit_log_actor",
            "actor",
            "ordinal",
            postgresql_where=text(r"actor NOT LIKE 'cons\_%'"),
        ),
        Index(
            "ix_audit_log_tenant",
            "organization_id",
            "mode",
            "ordinal",
            postgresql_where=text("experience_id IS NULL"),
        ),
    )

    ordinal: Mapped[int] = mapped_column(
        primary_key=True, server_default=text("nextval('audit_log_ordinal_seq')")
    )
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    actor: Mapped[str]
    via: Mapped[str | None]
    request_id: Mapped[str | None]
    action: Mapped[str]
    subject_id: Mapped[str]
    experience_id: Mapped[str | None]
    before: Mapped[dict[str, Any] | None]
    after: Mapped[dict[str, Any] | None]


class AuditSegment(Tenanted, Base):
    """One tenant's rows with ``since`` < ordinal <= ``through``, sealed.

    ``ordinals`` and ``leaves`` (32 bytes each) name the rows that were there and what they
    said; ``root`` is the tree over the leaves, ``hash`` the segment's, over ``previous`` too.
    """

    __tablename__ = "audit_segment"

    organization_id: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[int]
    through: Mapped[int]
    count: Mapped[int]
    root: Mapped[bytes]
    previous: Mapped[bytes]
    hash: Mapped[bytes]
    kid: Mapped[str]
    signature: Mapped[bytes]
    sealed_at: Mapped[datetime]
    ordinals: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    leaves: Mapped[bytes]


class AuditMark(Base):
    """How far the record is sealed, and how far it may be sealed next; one row.

    Every row up to ``marked`` is there once no transaction below ``running`` runs any more.
    """

    __tablename__ = "audit_mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    sealed: Mapped[int] = mapped_column(server_default="0")
    marked: Mapped[int] = mapped_column(server_default="0")
    running: Mapped[str] = mapped_column(server_default="0")
