"""The one statement path by which an admission completes, whoever reports it."""

from typing import Any, NamedTuple

from sqlalchemy import Row, func, select, update
from sqlalchemy.orm import Session

from integration.engine.completions import Found, Verdict, judge
from integration.engine.pacing import Limits, Taken, free_places
from integration.engine.participations import (
    ADMISSION_SOURCES,
    AdmissionState,
    ParticipationState,
)
from integration.kernel.tenant import Tenant
from integration.store import counters, distributions, events, participations
from integration.store.admissions import Held
from integration.store.arrays import among
from integration.store.insight import facts
from integration.store.models import Admission, Distribution, Line, Order

A = Admission


class Completed(NamedTuple):
    """What became of it, and the endpoints whose deliveries to wake."""

    verdict: Verdict
    late: bool
    endpoints: list[str]


def complete(
    session: Session, tenant: Tenant, held: Held, order_id: str | None, *, locked: bool = False
) -> Completed:
    """Complete an admission by the order ``order_id`` (external), or by none, if it may.

    Takes the line's row, unless the answer cannot change any more or the caller has it; of any
    number of callers exactly one changes anything.
    """
    row = session.execute(_now(tenant, held.id)).one()
    verdict = judge(_found(row), order_id, row.now)
    if not verdict.final and not locked:
        distributions.lock_line(session, tenant, held.distribution_id)
        row = session.execute(_now(tenant, held.id)).one()
        verdict = judge(_found(row), order_id, row.now)
    if not verdict.counts:
        late = row.ended_at is not None and row.ended_at >= row.expires_at
        return Completed(verdict, late, [])
    _record(session, tenant, held, holds=row.state == AdmissionState.ADMITTED.value)
    told = events.of_entries(session, tenant, row.kind, "completed", [held.participation_id])
    return Completed(verdict, verdict is Verdict.LATE, told)


def restock(session: Session, tenant: Tenant, admission_id: str) -> None:
    """Take what a completed admission bought off the sold, where its distribution says so.

    The caller holds the line's row and sees to it that this happens once an order.
    """
    row = session.execute(
        select(A.units, A.distribution_id)
        .join(Distribution, Distribution.id == A.distribution_id)
        .where(A.id == admission_id, Distribution.restock_on_cancel)
        .where(A.organization_id == tenant.organization_id, A.mode == tenant.mode)
    ).first()
    if row is not None:
        counters.count(session, tenant, row.distribution_id, sold=-row.units)


def _record(session: Session, tenant: Tenant, held: Held, *, holds: bool) -> None:
    session.execute(
        update(A)
        .where(A.id == held.id)
        .where(among(A.state, [s.value for s in ADMISSION_SOURCES[AdmissionState.COMPLETED]]))
        .where(A.organization_id == tenant.organization_id, A.mode == tenant.mode)
        .values(state=AdmissionState.COMPLETED.value, ended_at=func.clock_timestamp())
        .execution_options(synchronize_session=False)
    )
    facts.checked_out(session, tenant, held.id)
    participations.move(session, tenant, [held.participation_id], ParticipationState.COMPLETED)
    counters.count(
        session,
        tenant,
        held.distribution_id,
        active=-1 if holds else 0,
        completed=1,
        held=-held.units if holds else 0,
        sold=held.units,
    )


def _now(tenant: Tenant, admission_id: str) -> Any:
    completed_by = _completing(tenant).where(Order.admission_id == A.id).scalar_subquery()
    return (
        select(
            A.state,
            A.units,
            A.expires_at,
            A.ended_at,
            Line.held,
            Line.sold,
            Distribution.kind,
            Distribution.inventory_bound,
            Distribution.stock,
            completed_by.label("completed_by"),
            func.clock_timestamp().label("now"),
        )
        .join(Line, Line.distribution_id == A.distribution_id)
        .join(Distribution, Distribution.id == A.distribution_id)
        .where(A.id == admission_id)
        .where(A.organization_id == tenant.organization_id, A.mode == tenant.mode)
    )


def _completing(tenant: Tenant) -> Any:
    return select(Order.external_order_id).where(
        Order.completion == "completed",
        Order.organization_id == tenant.organization_id,
        Order.mode == tenant.mode,
    )


def _found(row: Row[*tuple[Any, ...]]) -> Found:
    limits = Limits(stock=row.stock if row.inventory_bound else None, units_per_admission=row.units)
    free = free_places(limits, Taken(held=row.held, sold=row.sold))
    return Found(AdmissionState(row.state), row.expires_at, row.completed_by, free != 0)
