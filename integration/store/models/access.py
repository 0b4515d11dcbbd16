"""Organizations, their keys, and the keys that we sign with."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, func
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class Organization(Dated, Versioned, Base):
    """A merchant; live and test data share it and nothing else."""

    __tablename__ = "organization"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str] = mapped_column(default="UTC")
    country_code: Mapped[str | None]
    language_code: Mapped[str] = mapped_column(default="en")
    currency_code: Mapped[str] = mapped_column(default="USD")
    logo_url: Mapped[str | None]
    checkout_url: Mapped[str | None]
    theme: Mapped[dict[str, Any] | None]
    allowed_redirect_hosts: Mapped[list[str]] = mapped_column(default=list)
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    changed_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class ApiKey(Tenanted, Dated, Versioned, Base):
    """A publishable or secret key; only its SHA-256 is kept.

    ``replaced_by`` is the key that it was rotated into.
    """

    __tablename__ = "api_key"
    __table_args__ = (
        Index(None, "organization_id", "mode", "id"),
        Index(None, "changed_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    hash: Mapped[bytes] = mapped_column(unique=True)
    hint: Mapped[str]
    scopes: Mapped[list[str]]
    allowed_origins: Mapped[list[str]] = mapped_column(default=list)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    replaced_by: Mapped[str | None]
    changed_at: Mapped[datetime]


class SigningKey(Dated, Base):
    """An Ed25519 key of this installation; the private half is sealed.

    A retired key signs nothing new and still verifies until it is removed.
    """

    __tablename__ = "signing_key"

    kid: Mapped[str] = mapped_column(primary_key=True)
    private_key: Mapped[bytes]
    retired_at: Mapped[datetime | None]
