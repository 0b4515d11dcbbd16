"""Connected shops, and what was pulled from them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, func, text
from sqlalchemy.orm import Mapped, mapped_column

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class Connection(Tenanted, Dated, Versioned, Base):
    """One merchant's shop on one platform; the credentials are sealed.

    ``schedule`` has the minutes between two syncs of a subject; null switches one off.
    """

    __tablename__ = "connection"
    __table_args__ = (Index(None, "organization_id", "mode", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    platform: Mapped[str]
    name: Mapped[str]
    settings: Mapped[dict[str, Any]]
    credentials: Mapped[bytes]
    schedule: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    state: Mapped[str]
    state_message: Mapped[str | None]
    archived_at: Mapped[datetime | None]


class SyncRun(Tenanted, Versioned, Base):
    """One walk through a shop's products, customers or orders; the row is the progress.

    While it waits it may be tried again from ``earliest_at`` on, where that is urgent.
    """

    __tablename__ = "sync_run"
    __table_args__ = (
        Index(
            "uq_sync_run_open",
            "connection_id",
            "subject",
            unique=True,
            postgresql_where=text("finished_at IS NULL"),
        ),
        Index(None, "connection_id", "id"),
        Index("ix_sync_run_due", "due_at", postgresql_where=text("finished_at IS NULL")),
        Index(None, "finished_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    connection_id: Mapped[str] = mapped_column(ForeignKey("connection.id"))
    subject: Mapped[str]
    status: Mapped[str]
    since: Mapped[datetime | None]
    cursor: Mapped[str | None]
    pages: Mapped[int] = mapped_column(server_default="0")
    records: Mapped[int] = mapped_column(server_default="0")
    created: Mapped[int] = mapped_column(server_default="0")
    updated: Mapped[int] = mapped_column(server_default="0")
    failed: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int | None]
    failures: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    conflicts: Mapped[list[dict[str, Any]]] = mapped_column(default=list, server_default="[]")
    gone: Mapped[int] = mapped_column(Integer, server_default="0")
    problem: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    started_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    due_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    earliest_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class SyncSeen(Tenanted, Base):
    """A product that a walk through all of a shop's products has met."""

    __tablename__ = "sync_seen"

    run_id: Mapped[str] = mapped_column(
        ForeignKey("sync_run.id", ondelete="CASCADE"), primary_key=True
    )
    external_id: Mapped[str] = mapped_column(primary_key=True)
