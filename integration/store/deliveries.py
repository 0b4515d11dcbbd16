"""Statements on webhook deliveries: leased, attempted, written down."""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, text, update
from sqlalchemy.orm import Session, contains_eager

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store.models import Delivery, OutboxEvent, WebhookEndpoint


class DeliveryState(StrEnum):
    """How far a delivery has come; cancelled is what an endpoint that was switched off left."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Outcome(NamedTuple):
    """What came of an attempt after ``tried`` others; ``again`` seconds until the next one."""

    delivery_id: str
    tried: int
    state: DeliveryState
    again: int
    status: int | None
    problem: str | None


_RECORD = text("""
    UPDATE delivery d SET attempts = d.attempts + 1, state = o.state, claimed_until = NULL,
        due_at = clock_timestamp() + o.again * interval '1 second',
        delivered_at = CASE WHEN o.state = 'delivered' THEN clock_timestamp() END,
        last_status = o.status, last_problem = o.problem
    FROM unnest(
        CAST(:ids AS text[]), CAST(:tried AS bigint[]), CAST(:states AS text[]),
        CAST(:again AS bigint[]), CAST(:statuses AS bigint[]), CAST(:problems AS text[])
    ) AS o (id, tried, state, again, status, problem)
    WHERE d.id = o.id AND d.organization_id = :organization_id AND d.mode = :mode
        -- An attempt that outlived its lease was perhaps made twice; it counts once.
        AND d.attempts = o.tried AND d.state = 'pending'
""")

_PRUNE = text("""
    WITH oldest AS (
        SELECT id FROM (SELECT id, created_at FROM outbox_event ORDER BY id LIMIT :most) o
        WHERE o.created_at < clock_timestamp() - CAST(:age AS interval)
    ),
    dropped AS (
        DELETE FROM delivery d USING oldest o
        WHERE d.event_id = o.id AND d.state <> 'pending'
        RETURNING d.event_id
    )
    SELECT id FROM oldest o WHERE NOT EXISTS (
        SELECT FROM delivery d WHERE d.event_id = o.id AND d.state = 'pending'
    )
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


def endpoint(session: Session, tenant: Tenant, endpoint_id: str) -> WebhookEndpoint | None:
    """Return one of this tenant's endpoints, archived ones excepted."""
    return session.scalar(
        select(WebhookEndpoint).where(
            WebhookEndpoint.id == endpoint_id,
            WebhookEndpoint.organization_id == tenant.organization_id,
            WebhookEndpoint.mode == tenant.mode,
            WebhookEndpoint.archived_at.is_(None),
        )
    )


def in_flight(session: Session, tenant: Tenant, endpoint_id: str, among: int) -> bool:
    """Tell whether somebody is delivering to this endpoint at this moment.

    Looks ``among`` those longest due, which are claimed first: behind them a million may wait.
    """
    first = (
        select(_leased().label("leased"))
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
    )
    leased = (
        update(Delivery)
        .where(_of(tenant), Delivery.id.in_(due.scalar_subquery()))
        .values(claimed_until=func.clock_timestamp() + lease)
        .returning(Delivery.id)
    )
    ids = session.scalars(leased).all()
    in_turn = _with_events(tenant).where(Delivery.id.in_(ids))
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
    }
    session.execute(_RECORD, values | tenant._asdict())


def release(session: Session, tenant: Tenant, ids: Sequence[str]) -> None:
    """Give back what was claimed and not attempted."""
    session.execute(
        update(Delivery)
        .where(_of(tenant), Delivery.id.in_(ids), Delivery.state == DeliveryState.PENDING)
        .values(claimed_until=None)
    )


def cancel(session: Session, tenant: Tenant, endpoint_id: str, reason: str) -> None:
    """End what is still on its way to an endpoint that takes nothing any more."""
    session.execute(
        update(Delivery)
        .where(_pending(tenant, endpoint_id))
        .values(state=DeliveryState.CANCELLED, claimed_until=None, last_problem=reason)
    )


def disable_endpoint(session: Session, tenant: Tenant, endpoint_id: str, reason: str) -> None:
    """Switch an endpoint off, and say why."""
    session.execute(
        update(WebhookEndpoint)
        .where(WebhookEndpoint.id == endpoint_id, WebhookEndpoint.enabled)
        .where(WebhookEndpoint.organization_id == tenant.organization_id)
        .where(WebhookEndpoint.mode == tenant.mode)
        .values(enabled=False, disabled_reason=reason, version=WebhookEndpoint.version + 1)
    )


def due_endpoints(session: Session) -> Sequence[str]:
    """Return every endpoint, whoever's it is, that something is due for."""
    due = exists().where(
        Delivery.endpoint_id == WebhookEndpoint.id,
        Delivery.state == DeliveryState.PENDING,
        _due(),
    )
    return session.scalars(select(WebhookEndpoint.id).where(due)).all()


def find(session: Session, tenant: Tenant, delivery_id: str) -> Delivery | None:
    """Return one of this tenant's deliveries, with its event."""
    found: Delivery | None = session.scalar(_with_events(tenant).where(Delivery.id == delivery_id))
    return found


def page(
    session: Session, tenant: Tenant, endpoint_id: str, after: str | None, limit: int
) -> Sequence[Delivery]:
    """Return this endpoint's deliveries with their events, the newest event first."""
    wanted = _with_events(tenant).where(Delivery.endpoint_id == endpoint_id)
    if after is not None:
        last = select(Delivery.event_id).where(_of(tenant), Delivery.id == after)
        wanted = wanted.where(Delivery.event_id < last.scalar_subquery())
    return session.scalars(wanted.order_by(Delivery.event_id.desc()).limit(limit)).all()


def ask_again(session: Session, tenant: Tenant, delivery_id: str) -> bool:
    """Make a delivery due now, whatever came of it; False while it is being attempted."""
    asked = (
        update(Delivery)
        .where(_of(tenant), Delivery.id == delivery_id, ~_leased())
        .values(state=DeliveryState.PENDING, due_at=func.clock_timestamp(), claimed_until=None)
        .returning(Delivery.id)
    )
    return session.scalar(asked) is not None


def send_one(
    session: Session, tenant: Tenant, endpoint_id: str, type_: str, data: dict[str, Any]
) -> Delivery:
    """Keep an event for this one endpoint, whatever it subscribes to."""
    event = OutboxEvent(
        id=new_id("evt"),
        type=type_,
        subject_id=endpoint_id,
        sequence=1,
        data=data,
        **tenant._asdict(),
    )
    session.add(event)
    session.flush()
    delivery = Delivery(event=event, endpoint_id=endpoint_id, **tenant._asdict())
    session.add(delivery)
    session.flush()
    return delivery


def prune(session: Session, age: timedelta, most: int) -> int:
    """Delete old events and what came of them; return how many events.

    What is still on its way stays.
    """
    ids = session.scalars(_PRUNE, {"age": age, "most": most}).all()
    session.execute(text("DELETE FROM outbox_event WHERE id = ANY (:ids)"), {"ids": list(ids)})
    return len(ids)


def _of(tenant: Tenant) -> ColumnElement[bool]:
    return and_(Delivery.organization_id == tenant.organization_id, Delivery.mode == tenant.mode)


def _pending(tenant: Tenant, endpoint_id: str) -> ColumnElement[bool]:
    return and_(
        _of(tenant),
        Delivery.endpoint_id == endpoint_id,
        Delivery.state == DeliveryState.PENDING,
    )


def _leased() -> ColumnElement[bool]:
    return func.coalesce(Delivery.claimed_until > func.clock_timestamp(), False)


def _due() -> ColumnElement[bool]:
    free = or_(Delivery.claimed_until.is_(None), Delivery.claimed_until <= func.clock_timestamp())
    return and_(Delivery.due_at <= func.clock_timestamp(), free)


def _with_events(tenant: Tenant) -> Select[Any]:
    return (
        select(Delivery)
        .join(Delivery.event)
        .options(contains_eager(Delivery.event))
        .where(_of(tenant))
        .execution_options(populate_existing=True)
    )
