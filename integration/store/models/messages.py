"""What has come in, what goes out, and what was answered: promises kept as rows."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from integration.store.models.base import Base, Dated, Tenanted, Versioned


class InboxNotice(Tenanted, Base):
    """Something that was reported to us and will be acted on once.

    ``source`` is the connection's id, or ``orders`` for the Integration API.
    """

    __tablename__ = "inbox_notice"
    __table_args__ = (
        Index("uq_inbox_notice_ref", "organization_id", "mode", "source", "ref", unique=True),
        Index("ix_inbox_notice_due", "due_at", postgresql_where=text("handled_at IS NULL")),
        Index(
            "ix_inbox_notice_open",
            "organization_id",
            "mode",
            "id",
            postgresql_where=text("handled_at IS NULL OR problem IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    ref: Mapped[str]
    topic: Mapped[str]
    payload: Mapped[dict[str, Any]]
    received_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    due_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    handled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default="0")
    problem: Mapped[str | None]


class Health(NamedTuple):
    """How an endpoint has been doing: ``healthy``, ``failing`` or ``disabled``, and since when."""

    status: str
    failures: int
    failing_since: datetime | None
    last_success_at: datetime | None
    last_failure_at: datetime | None


class WebhookEndpoint(Tenanted, Dated, Versioned, Base):
    """An address that a merchant wants events at; ``events`` null means all of them.

    ``failures`` counts attempts in a row, and ``failing_since`` is when the first of them was.
    """

    __tablename__ = "webhook_endpoint"
    __table_args__ = (Index(None, "organization_id", "mode", "id"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    name: Mapped[str | None]
    events: Mapped[list[str] | None]
    secret: Mapped[bytes]
    previous_secret: Mapped[bytes | None]
    previous_until: Mapped[datetime | None]
    enabled: Mapped[bool]
    disabled_reason: Mapped[str | None]
    failures: Mapped[int] = mapped_column(server_default="0")
    failing_since: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_failure_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]

    @property
    def health(self) -> Health:
        """How it has been doing."""
        status = "failing" if self.failing_since is not None else "healthy"
        return Health(
            status if self.enabled else "disabled",
            self.failures,
            self.failing_since,
            self.last_success_at,
            self.last_failure_at,
        )


class OutboxEvent(Tenanted, Base):
    """Something that happened and that somebody subscribed to."""

    __tablename__ = "outbox_event"
    __table_args__ = (
        Index(
            "ix_outbox_event_consumer",
            "subject_id",
            postgresql_where=text("type LIKE 'consumer.%'"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    type: Mapped[str]
    subject_id: Mapped[str]
    sequence: Mapped[int]
    data: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class Delivery(Tenanted, Base):
    """One event on its way to one endpoint; ``claimed_until`` leases an attempt.

    ``log`` holds what came of the last attempts, the oldest first.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        Index("uq_delivery_event", "event_id", "endpoint_id", unique=True),
        Index(
            "ix_delivery_due", "endpoint_id", "due_at", postgresql_where=text("state = 'pending'")
        ),
        Index(None, "endpoint_id", "event_id"),
        Index(
            "ix_delivery_open",
            "organization_id",
            "mode",
            "state",
            "event_id",
            postgresql_where=text("state IN ('pending', 'failed')"),
        ),
    )

    id: Mapped[str] = mapped_column(
        primary_key=True,
        server_default=text("'dlv_' || upper(replace(gen_random_uuid()::text, '-', ''))"),
    )
    event_id: Mapped[str] = mapped_column(ForeignKey("outbox_event.id"))
    endpoint_id: Mapped[str] = mapped_column(ForeignKey("webhook_endpoint.id"))
    state: Mapped[str] = mapped_column(server_default="pending")
    attempts: Mapped[int] = mapped_column(server_default="0")
    due_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    claimed_until: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_problem: Mapped[str | None]
    log: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'::jsonb"))

    event: Mapped[OutboxEvent] = relationship(lazy="raise")


class IdempotencyKey(Tenanted, Base):
    """The first answer to a keyed call, sealed: some answers hold secrets.

    ``about`` is the id of the object that it shows.
    """

    __tablename__ = "idempotency_key"
    __table_args__ = (
        Index(None, "created_at"),
        Index(
            "ix_idempotency_key_about",
            "organization_id",
            "mode",
            "about",
            postgresql_where=text("about IS NOT NULL"),
        ),
    )

    organization_id: Mapped[str] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(primary_key=True)
    route: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    body_hash: Mapped[bytes]
    status: Mapped[int | None]
    answer: Mapped[bytes | None]
    claimed_until: Mapped[datetime | None]
    about: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
