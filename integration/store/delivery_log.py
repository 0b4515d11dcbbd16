"""Statements on what became of deliveries: reading, asking again, sending one, dropping."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from operator import eq, ge, lt
from typing import Any, NamedTuple

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from integration.kernel.errors import Conflict, NotFound
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store.deliveries import DeliveryState, leased, of, with_events
from integration.store.models import Delivery, OutboxEvent, WebhookEndpoint
from integration.store.rows import Slice

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


class EndpointOff(Conflict):
    """The endpoint takes nothing at the moment."""

    code = "WEBHOOK_DISABLED"
    message = "This webhook is disabled. Enable it first."


class BeingAttempted(Conflict):
    """The delivery is on its way at this moment."""

    code = "DELIVERY_IN_PROGRESS"
    message = "This delivery is being attempted. Look at it again in a moment."


class Filter(NamedTuple):
    """Which deliveries; None where it makes no difference."""

    status: str | None = None
    event_type: str | None = None
    created_after: datetime | None = None
    created_before: datetime | None = None


ALL = Filter()


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


def enabled(found: WebhookEndpoint | None) -> WebhookEndpoint:
    """Return an endpoint that takes events; raises ``NotFound`` or ``EndpointOff``."""
    if found is None:
        raise NotFound("Webhook")
    if not found.enabled:
        raise EndpointOff
    return found


def find(session: Session, tenant: Tenant, delivery_id: str) -> Delivery:
    """Return one of this tenant's deliveries, with its event; raises ``NotFound``."""
    found: Delivery | None = session.scalar(with_events(tenant).where(Delivery.id == delivery_id))
    if found is None:
        raise NotFound("Delivery")
    return found


def page(
    session: Session, tenant: Tenant, endpoint_id: str, part: Slice, chosen: Filter = ALL
) -> Sequence[Delivery]:
    """Return this endpoint's deliveries with their events, the newest event first."""
    wanted = with_events(tenant).where(Delivery.endpoint_id == endpoint_id)
    if part.after is not None:
        last = select(Delivery.event_id).where(of(tenant), Delivery.id == part.after)
        wanted = wanted.where(Delivery.event_id < last.scalar_subquery())
    for column, matches, value in (
        (Delivery.state, eq, chosen.status),
        (OutboxEvent.type, eq, chosen.event_type),
        (OutboxEvent.created_at, ge, chosen.created_after),
        (OutboxEvent.created_at, lt, chosen.created_before),
    ):
        if value is not None:
            wanted = wanted.where(matches(column, value))
    return session.scalars(wanted.order_by(Delivery.event_id.desc()).limit(part.limit)).all()


def ask_again(session: Session, tenant: Tenant, delivery_id: str) -> Delivery:
    """Make a delivery due now, whatever came of it.

    Raises ``NotFound``, ``EndpointOff``, and ``BeingAttempted`` while somebody attempts it.
    """
    found = find(session, tenant, delivery_id)
    enabled(endpoint(session, tenant, found.endpoint_id))
    asked = (
        update(Delivery)
        .where(of(tenant), Delivery.id == delivery_id, ~leased())
        .values(state=DeliveryState.PENDING, due_at=func.clock_timestamp(), claimed_until=None)
        .returning(Delivery.id)
    )
    if session.scalar(asked) is None:
        raise BeingAttempted(retry_after=2)
    return find(session, tenant, delivery_id)


def send_one(
    session: Session, tenant: Tenant, endpoint_id: str, type_: str, data: dict[str, Any]
) -> Delivery:
    """Keep an event for this one endpoint, whatever it subscribes to."""
    event_id = new_id("evt")
    event = OutboxEvent(
        id=event_id,
        type=type_,
        # About itself: nothing comes before it or after it.
        subject_id=event_id,
        sequence=1,
        data=data,
        **tenant._asdict(),
    )
    session.add(event)
    session.flush()
    delivery = Delivery(event=event, log=[], endpoint_id=endpoint_id, **tenant._asdict())
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
