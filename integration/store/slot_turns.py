"""Statements on slots that begin: whose appointment it is time for."""

from typing import Any

from sqlalchemy import exists, func, literal_column, select, update
from sqlalchemy.orm import Session

from integration.engine.windows import DistributionState
from integration.kernel.tenant import Tenant
from integration.store.arrays import QUEUED
from integration.store.models import Booking, Distribution, Participation
from integration.store.turns import Candidate

B = Booking
P = Participation

_PENDING: Any = literal_column("booking.pending")


def due_lines(session: Session, most: int) -> list[str]:
    """Return the appointments, whoever's they are, in which a slot has begun unseen."""
    begun = (
        select(B.distribution_id)
        .join(Distribution, Distribution.id == B.distribution_id)
        .where(_PENDING, B.starts_at <= func.clock_timestamp())
        .where(Distribution.archived_at.is_(None))
        .where(Distribution.state != DistributionState.PAUSED.value)
        .distinct()
    )
    return list(session.scalars(begun.order_by(B.distribution_id).limit(most)))


def due(session: Session, tenant: Tenant, distribution_id: str, most: int) -> list[Candidate]:
    """Return those who wait in slots that have begun unseen, the earliest first."""
    begun = (
        select(P.id, P.consumer_id, P.number)
        .join(B, B.participation_id == P.id)
        .where(B.distribution_id == distribution_id, _PENDING)
        .where(B.starts_at <= func.clock_timestamp(), P.state == QUEUED)
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .order_by(B.starts_at, P.number)
        .limit(most)
    )
    return [Candidate(*row) for row in session.execute(begun)]


def seen(session: Session, tenant: Tenant, distribution_id: str, *, all_of_them: bool) -> None:
    """Look no more at slots that have begun; while somebody waits there, only if so said."""
    waits = exists().where(P.id == B.participation_id, P.state == QUEUED)
    over = (
        update(B)
        .where(B.distribution_id == distribution_id, _PENDING)
        .where(B.starts_at <= func.clock_timestamp())
        .where(B.organization_id == tenant.organization_id, B.mode == tenant.mode)
    )
    if not all_of_them:
        over = over.where(~waits)
    session.execute(over.values(pending=False).execution_options(synchronize_session=False))
