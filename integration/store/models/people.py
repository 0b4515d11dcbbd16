"""Consumers, and the sessions they act in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class Consumer(Tenanted, Dated, Versioned, Base):
    """A person as one organization knows them: a guest, or somebody with a contact."""

    __tablename__ = "consumer"
    __table_args__ = (
        Index(
            "uq_consumer_email",
            "organization_id",
            "mode",
            func.lower(text("email")),
            unique=True,
            postgresql_where=text("email IS NOT NULL"),
        ),
        Index(
            "uq_consumer_external_id",
            "organization_id",
            "mode",
            "sync_source",
            "external_id",
            unique=True,
            postgresql_where=text("external_id IS NOT NULL"),
            postgresql_nulls_not_distinct=True,
        ),
        Index(None, "organization_id", "mode", "updated_at", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str | None]
    phone: Mapped[str | None]
    full_name: Mapped[str | None]
    external_id: Mapped[str | None]
    sync_source: Mapped[str | None]
    details: Mapped[dict[str, Any]] = mapped_column("metadata", default=dict, server_default="{}")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    erased_at: Mapped[datetime | None]


class Session(Tenanted, Dated, Base):
    """One sign-in of one consumer: the family of its refresh tokens."""

    __tablename__ = "session"
    __table_args__ = (
        Index(None, "organization_id", "mode", "consumer_id"),
        Index(None, "revoked_at", postgresql_where=text("revoked_at IS NOT NULL")),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    consumer_id: Mapped[str] = mapped_column(ForeignKey("consumer.id"))
    type: Mapped[str]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class RefreshToken(Tenanted, Dated, Base):
    """One link of a session's chain; the next token is computed from this one."""

    __tablename__ = "refresh_token"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    session_id: Mapped[str] = mapped_column(ForeignKey("session.id"), index=True)
    expires_at: Mapped[datetime]
    rotated_at: Mapped[datetime | None]
