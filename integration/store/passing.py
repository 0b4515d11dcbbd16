"""Statements on who was passed over: not there when their turn came (design.md, D6)."""

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from integration.engine.presence import RETURN_WITHIN
from integration.kernel.tenant import Tenant
from integration.store import counters, rows
from integration.store.arrays import QUEUED, among
from integration.store.counters import LINE, LineOf
from integration.store.line.epochs import Waiting
from integration.store.line.ladder import away
from integration.store.models import Distribution, Participation

P = Participation


def pass_over(session: Session, tenant: Tenant, distribution_id: str, ids: Sequence[str]) -> int:
    """Put these who wait aside and return the line's version with that.

    The caller holds the line's row, and has fenced them.
    """
    session.execute(
        update(P)
        .where(among(P.id, ids), P.state == QUEUED)
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .values(passed_at=func.clock_timestamp(), returned_at=None)
        .execution_options(synchronize_session=False)
    )
    return counters.count(session, tenant, distribution_id)


def come_back(
    session: Session, tenant: Tenant, distribution_id: str, consumer_id: str
) -> tuple[Waiting, int] | None:
    """Let somebody who is away wait again, now before all others; None if they are not.

    With them comes the line's version from which on they wait.

    The caller holds the line's row, has fenced them, and has them rejoin after the commit.
    """
    back = session.execute(
        update(P)
        .where(P.distribution_id == distribution_id, P.consumer_id == consumer_id)
        .where(P.current, P.state == QUEUED, away())
        .where(P.organization_id == tenant.organization_id, P.mode == tenant.mode)
        .values(returned_at=func.clock_timestamp())
        .returning(P.number, P.consumer_id, P.entered_at)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if back is None:
        return None
    return Waiting(*back), counters.count(session, tenant, distribution_id)


def lines_given_up(session: Session, most: int) -> list[LineOf]:
    """Return the lines, whoever's they are, in which somebody has been away for too long."""
    late = (
        select(*LINE)
        .join(P, P.distribution_id == Distribution.id)
        .where(P.state == QUEUED, away(), P.passed_at <= func.clock_timestamp() - RETURN_WITHIN)
    )
    return counters.lines(session, late.distinct(), most)


def given_up(session: Session, tenant: Tenant, distribution_id: str, most: int) -> Sequence[str]:
    """Return the entries of those who have been away for too long."""
    late = (
        rows.of(P, tenant)
        .where(P.distribution_id == distribution_id, P.state == QUEUED, away())
        .where(P.passed_at <= func.clock_timestamp() - RETURN_WITHIN)
    )
    return session.scalars(late.order_by(P.passed_at).limit(most).with_only_columns(P.id)).all()
