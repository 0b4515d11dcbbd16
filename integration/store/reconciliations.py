"""Statements on how a shop's orders and our admissions agree."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from integration.engine.orders import EDITED, REVIVED, Completion
from integration.engine.participations import AdmissionState
from integration.kernel.tenant import Tenant
from integration.store import handoffs, rows
from integration.store.models import Admission, Distribution, Experience, Handoff, Order

MOST = 100


class Unmatched(NamedTuple):
    """A shop's order that needs a look, and why: it completed nothing, is revived, or edited."""

    order_id: str
    external_order_id: str
    reason: str | None
    created_at: datetime


class OpenCheckout(NamedTuple):
    """A winner who was sent to the shop, holds a live admission, and has no order yet."""

    admission_id: str
    consumer_id: str
    external_ref: str | None
    opened_at: datetime | None
    expires_at: datetime


def counts(session: Session, tenant: Tenant, connection_id: str) -> dict[str, int]:
    """Return how many of the shop's orders are pending, completed and rejected."""
    wanted = rows.of(Order, tenant).where(Order.connection_id == connection_id)
    grouped = wanted.with_only_columns(Order.completion, func.count()).group_by(Order.completion)
    found = {row[0]: row[1] for row in session.execute(grouped)}
    return {each.value: found.get(each.value, 0) for each in Completion}


def unmatched(session: Session, tenant: Tenant, connection_id: str) -> list[Unmatched]:
    """Return the newest of the shop's orders that were rejected, revived, or edited."""
    wanted = (
        rows.of(Order, tenant)
        .where(Order.connection_id == connection_id)
        .where(
            (Order.completion == Completion.REJECTED.value)
            | Order.completion_reason.in_([EDITED, REVIVED])
        )
        .order_by(Order.id.desc())
        .limit(MOST)
    )
    return [
        Unmatched(order.id, order.external_order_id, order.completion_reason, order.created_at)
        for order in session.scalars(wanted)
    ]


def open_checkouts(session: Session, tenant: Tenant, connection_id: str) -> list[OpenCheckout]:
    """Return the newest checkouts in this shop that may still become an order."""
    wanted = (
        select(
            Admission.id,
            Admission.consumer_id,
            Handoff.external_ref,
            Handoff.opened_at,
            Admission.expires_at,
        )
        .join(Handoff, Handoff.admission_id == Admission.id)
        .join(Distribution, Distribution.id == Admission.distribution_id)
        .join(Experience, Experience.id == Distribution.experience_id)
        .where(Handoff.organization_id == tenant.organization_id, Handoff.mode == tenant.mode)
        .where(Admission.organization_id == tenant.organization_id, Admission.mode == tenant.mode)
        .where(handoffs.in_shop(connection_id), Handoff.external_ref.is_not(None))
        .where(Admission.state == AdmissionState.ADMITTED.value)
        .order_by(Handoff.id.desc())
        .limit(MOST)
    )
    return [OpenCheckout(row[0], row[1], row[2], row[3], row[4]) for row in session.execute(wanted)]
