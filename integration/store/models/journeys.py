"""Journeys: audiences, whom a route has let through, what proofs of work were spent."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class Audience(Tenanted, Dated, Versioned, Base):
    """Whom a sequence is for: its members (STATIC), or whoever its rules describe (DYNAMIC)."""

    __tablename__ = "audience"
    __table_args__ = (Index(None, "organization_id", "mode", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    type: Mapped[str]
    rules: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    archived_at: Mapped[datetime | None]


class AudienceMember(Tenanted, Base):
    """A consumer in a STATIC audience."""

    __tablename__ = "audience_member"

    audience_id: Mapped[str] = mapped_column(ForeignKey("audience.id"), primary_key=True)
    consumer_id: Mapped[str] = mapped_column(primary_key=True, index=True)
    added_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class RoutingGrant(Tenanted, Base):
    """A consumer whom a route has let into a gated sequence, as its gates stood then."""

    __tablename__ = "routing_grant"

    consumer_id: Mapped[str] = mapped_column(primary_key=True)
    sequence_id: Mapped[str] = mapped_column(ForeignKey("sequence.id"), primary_key=True)
    gate_version: Mapped[int]
    granted_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Visit(Tenanted, Base):
    """A consumer who has entered an experience, and not left it since."""

    __tablename__ = "visit"

    consumer_id: Mapped[str] = mapped_column(primary_key=True)
    experience_id: Mapped[str] = mapped_column(ForeignKey("experience.id"), primary_key=True)
    entered_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class SpentChallenge(Tenanted, Base):
    """A solved challenge that has opened a gate: it opens no other."""

    __tablename__ = "spent_challenge"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
