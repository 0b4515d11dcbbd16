"""Statements on webhook deliveries: leased, attempted, written down."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text, true, update
from sqlalchemy.orm import Session, contains_eager

from integration.kernel.tenant import Tenant
from integration.store.models import Delivery, WebhookEndpoint


class DeliveryState(StrEnum):
    """How far a delivery has come; cancelled is what an endpoint that was switched off left."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Outcome(NamedTuple):
    """What came of an attempt after ``tried`` others; ``again`` seconds until the next one.

    ``entry`` is what the log keeps of it.
    """

    delivery_id: str
    tried: int
    state: DeliveryState
    again: int
    status: int | None
    problem: str | None
    entry: dict[str, Any]


MOST_ENTRIES = 20
"""Attempts that the log of a delivery keeps: the last ones."""


_RECORD = text("""
    UPDATE delivery d SET attempts = d.attempts + 1, state = o.state, claimed_until = NULL,
        due_at = clock_timestamp() + o.again * interval '1 second',
        delivered_at = CASE WHEN o.state = 'delivered' THEN clock_timestamp() END,
        last_status = o.status, last_problem = o.problem,
        log = CASE WHEN jsonb_array_length(d.log) >= :most THEN d.log - 0 ELSE d.log END
            || CAST(o.entry AS jsonb)
    FROM unnest(
        CAST(:ids AS text[]), CAST(:tried AS bigint[]), CAST(:states AS text[]),
        CAST(:again AS bigint[]), CAST(:statuses AS bigint[]), CAST(:problems AS text[]),
        CAST(:entries AS text[])
    ) AS o (id, tried, state, again, status, problem, entry)
    WHERE d.id = o.id AND d.organization_id = :organization_id AND d.mode = :mode
        -- An attempt that outlived its lease was perhaps made twice; it counts once.
        AND d.attempts = o.tried AND d.state = 'pending'
""")


def lock_endpoint(session: Session, endpoint_id: str) -> WebhookEndpoint | None:
    """Take an endpoint, whoever's it is, for this transaction; None while another has it.

    Events may be written for it meanwhile.
    """
    return session.scalar(
        select(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint_id)
        .with_for_update(key_share=True, skip_locked=True)
    )


def in_flight(session: Session, tenant: Tenant, endpoint_id: str, among: int) -> bool:
    """Tell whether somebody is delivering to this endpoint at this moment.

    Looks ``among`` those longest due, which are claimed first: behind them a million may wait.
    """
    first = (
        select(leased().label("leased"))
        .where(_pending(tenant, endpoint_id))
        .order_by(Delivery.due_at)
        .limit(among)
        .subquery()
    )
    return bool(session.scalar(select(func.bool_or(first.c.leased))))


def claim(
    session: Session, tenant: Tenant, endpoint_id: str, most: int, lease: timedelta
) -> Sequence[Delivery]:
    """Lease what is due for this endpoint, with its events, the longest due first."""
    due = (
        select(Delivery.id)
        .where(_pending(tenant, endpoint_id), _due())
        .order_by(Delivery.due_at, Delivery.event_id)
        .limit(most)
        .with_for_update(skip_locked=True)
        # Read once: a subquery may be run again, and then locks more than these.
        .cte("due")
    )
    claimed = (
        update(Delivery)
        .where(of(tenant), Delivery.id.in_(select(due.c.id)))
        .values(claimed_until=func.clock_timestamp() + lease)
        .returning(Delivery.id)
    )
    ids = session.scalars(claimed).all()
    in_turn = with_events(tenant).where(Delivery.id.in_(ids))
    return session.scalars(in_turn.order_by(Delivery.due_at, Delivery.event_id)).all()


def more_due(session: Session, tenant: Tenant, endpoint_id: str) -> bool:
    """Tell whether anything is left to be done for this endpoint now."""
    return bool(session.scalar(select(exists().where(_pending(tenant, endpoint_id), _due()))))


def record(session: Session, tenant: Tenant, outcomes: Sequence[Outcome]) -> None:
    """Write down what came of these attempts."""
    values = {
        "ids": [outcome.delivery_id for outcome in outcomes],
        "tried": [outcome.tried for outcome in outcomes],
        "states": [outcome.state.value for outcome in outcomes],
        "again": [outcome.again for outcome in outcomes],
        "statuses": [outcome.status for outcome in outcomes],
        "problems": [outcome.problem for outcome in outcomes],
        "entries": [orjson.dumps(outcome.entry).decode() for outcome in outcomes],
        "most": MOST_ENTRIES,
    }
    session.execute(_RECORD, values | tenant._asdict())


def renew(session: Session, tenant: Tenant, ids: Sequence[str], lease: timedelta) -> None:
    """Keep what was claimed and is still being attempted."""
    session.execute(
        update(Delivery)
        .where(of(tenant), Delivery.id.in_(ids), Delivery.claimed_until.is_not(None))
        .where(Delivery.state == DeliveryState.PENDING)
        .values(claimed_until=func.clock_timestamp() + lease)
    )


def release(session: Session, tenant: Tenant, ids: Sequence[str]) -> None:
    """Give back what was claimed and not attempted."""
    session.execute(
        update(Delivery)
        .where(of(tenant), Delivery.id.in_(ids), Delivery.state == DeliveryState.PENDING)
        .values(claimed_until=None)
    )


def cancel(session: Session, tenant: Tenant, endpoint_id: str, reason: str) -> None:
    """End what is still on its way to an endpoint that takes nothing any more."""
    session.execute(
        update(Delivery)
        .where(_pending(tenant, endpoint_id))
        .values(state=DeliveryState.CANCELLED, claimed_until=None, last_problem=reason)
    )


def due_endpoints(session: Session) -> Sequence[str]:
    """Return every endpoint, whoever's it is, that something is due for."""
    # One look into the index for each, however long its backlog is.
    first = (
        select(Delivery.id)
        .where(Delivery.endpoint_id == WebhookEndpoint.id)
        .where(Delivery.state == DeliveryState.PENDING, _due())
        .order_by(Delivery.due_at)
        .limit(1)
        .lateral()
    )
    return session.scalars(select(WebhookEndpoint.id).join(first, true())).all()


def of(tenant: Tenant) -> ColumnElement[bool]:
    """Tell this tenant's deliveries."""
    return and_(Delivery.organization_id == tenant.organization_id, Delivery.mode == tenant.mode)


def leased() -> ColumnElement[bool]:
    """Tell those that somebody is attempting."""
    return func.coalesce(Delivery.claimed_until > func.clock_timestamp(), False)


def with_events(tenant: Tenant) -> Select[Any]:
    """Select this tenant's deliveries, each with its event."""
    return (
        select(Delivery)
        .join(Delivery.event)
        .options(contains_eager(Delivery.event))
        .where(of(tenant))
        .execution_options(populate_existing=True)
    )


def _pending(tenant: Tenant, endpoint_id: str) -> ColumnElement[bool]:
    return and_(
        of(tenant),
        Delivery.endpoint_id == endpoint_id,
        Delivery.state == DeliveryState.PENDING,
    )


def _due() -> ColumnElement[bool]:
    free = or_(Delivery.claimed_until.is_(None), Delivery.claimed_until <= func.clock_timestamp())
    return and_(Delivery.due_at <= func.clock_timestamp(), free)
