"""Consumers, and the sessions they act in."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class Consumer(Tenanted, Dated, Versioned, Base):
    """A person as one organization knows them: a guest, or somebody with a contact.

    ``proven_email`` and ``proven_phone`` are the contacts that somebody showed to be theirs.
    A guest who turned out to be somebody known is ``merged_into`` them, and as good as erased.
    """

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
        Index(None, "organization_id", "mode", "phone", postgresql_where=text("phone IS NOT NULL")),
        Index(None, "merged_at", postgresql_where=text("merged_at IS NOT NULL")),
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
    proven_email: Mapped[str | None]
    proven_phone: Mapped[str | None]
    merged_into: Mapped[str | None]
    merged_at: Mapped[datetime | None]


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


class ExternalIdentity(Tenanted, Dated, Base):
    """Whom an identity provider's subject is here; what it was first, it stays."""

    __tablename__ = "external_identity"

    organization_id: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(primary_key=True)
    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    provider: Mapped[str]
    consumer_id: Mapped[str] = mapped_column(ForeignKey("consumer.id"), index=True)


class ExchangeCode(Tenanted, Base):
    """A sign-in that a merchant's server vouched for, until a browser takes it up."""

    __tablename__ = "exchange_code"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    provider: Mapped[str]
    issuer: Mapped[str]
    subject: Mapped[str]
    claims: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class OtpCode(Tenanted, Base):
    """The one code that proves a contact; ``code`` is null once it has been used.

    ``asked`` counts the requests since ``hour_began``.
    """

    __tablename__ = "otp_code"

    organization_id: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(primary_key=True)
    contact: Mapped[bytes] = mapped_column(primary_key=True)
    id: Mapped[str]
    code: Mapped[bytes | None]
    full_name: Mapped[bytes | None]
    tries: Mapped[int]
    asked: Mapped[int]
    hour_began: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class Message(Tenanted, Dated, Base):
    """Something to be sent to a person; ``content`` is sealed, and gone once it was sent.

    ``recipient`` is their contact's hash, by which it is found when they are erased.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index(None, "organization_id", "mode", "id"),
        Index("ix_message_due", "due_at", postgresql_where=text("state = 'pending'")),
        Index(None, "created_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    recipient: Mapped[bytes | None]
    content: Mapped[bytes | None]
    state: Mapped[str] = mapped_column(server_default="pending")
    attempts: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    expires_at: Mapped[datetime]
    claimed_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    problem: Mapped[str | None]
