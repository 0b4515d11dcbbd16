"""Statements on what became of deliveries: reading, asking again, sending one, dropping."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store.deliveries import DeliveryState, leased, of, with_events
from integration.store.models import Delivery, OutboxEvent, WebhookEndpoint

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


def find(session: Session, tenant: Tenant, delivery_id: str) -> Delivery | None:
    """Return one of this tenant's deliveries, with its event."""
    found: Delivery | None = session.scalar(with_events(tenant).where(Delivery.id == delivery_id))
    return found


def page(
    session: Session, tenant: Tenant, endpoint_id: str, after: str | None, limit: int
) -> Sequence[Delivery]:
    """Return this endpoint's deliveries with their events, the newest event first."""
    wanted = with_events(tenant).where(Delivery.endpoint_id == endpoint_id)
    if after is not None:
        last = select(Delivery.event_id).where(of(tenant), Delivery.id == after)
        wanted = wanted.where(Delivery.event_id < last.scalar_subquery())
    return session.scalars(wanted.order_by(Delivery.event_id.desc()).limit(limit)).all()


def ask_again(session: Session, tenant: Tenant, delivery_id: str) -> bool:
    """Make a delivery due now, whatever came of it; False while it is being attempted."""
    asked = (
        update(Delivery)
        .where(of(tenant), Delivery.id == delivery_id, ~leased())
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
