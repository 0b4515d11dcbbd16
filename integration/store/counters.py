"""The counters of a line: changed only by whoever holds its row."""

from typing import NamedTuple

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.orm import Session

from integration.engine.pacing import Pace
from integration.kernel.tenant import Tenant, whose
from integration.store import distributions
from integration.store.models import Distribution, Line


class LineOf(NamedTuple):
    """A line, whose it is, and of what kind."""

    tenant: Tenant
    distribution_id: str
    kind: str


def lines(session: Session, wanted: Select[str, str, str, str], most: int) -> list[LineOf]:
    """Return lines of whatever tenant, from a statement that selects ``LINE``."""
    found = session.execute(wanted.order_by(Distribution.id).limit(most))
    return [line_of(row) for row in found]


LINE = (Distribution.organization_id, Distribution.mode, Distribution.id, Distribution.kind)


def claim(session: Session, tenant: Tenant, distribution_id: str) -> bool:
    """Take a line's counters for a clock, or return False at once where another clock has it.

    The row itself is waited for: a busy queue's entries hold it nearly all the time, and a
    clock that skipped a locked row would hardly ever get it.
    """
    session.execute(select(func.set_config("idle_in_transaction_session_timeout", "2s", True)))  # noqa: FBT003 - set_config's third: for this transaction
    mine = select(func.pg_try_advisory_xact_lock(func.hashtextextended(distribution_id, 1)))
    if not session.scalar(mine):
        return False
    return distributions.lock_line(session, tenant, distribution_id) is not None


def count(
    session: Session,
    tenant: Tenant,
    distribution_id: str,
    *,
    entered: int = 0,
    waiting: int = 0,
    active: int = 0,
    completed: int = 0,
    held: int = 0,
    sold: int = 0,
) -> int:
    """Add to the counters and return the line's new version; the caller holds the line's row."""
    return session.execute(
        update(Line)
        .where(Line.distribution_id == distribution_id)
        .where(Line.organization_id == tenant.organization_id, Line.mode == tenant.mode)
        .values(
            entered=Line.entered + entered,
            waiting=Line.waiting + waiting,
            active=Line.active + active,
            completed=Line.completed + completed,
            held=Line.held + held,
            sold=Line.sold + sold,
            version=Line.version + 1,
        )
        .returning(Line.version)
        .execution_options(synchronize_session=False)
    ).scalar_one()


def advance(
    session: Session, tenant: Tenant, distribution_id: str, serving: int, pace: Pace
) -> None:
    """Move on whose turn has come, and the pace that belongs to it."""
    session.execute(
        update(Line)
        .where(Line.distribution_id == distribution_id)
        .where(Line.organization_id == tenant.organization_id, Line.mode == tenant.mode)
        .values(serving=func.greatest(Line.serving, serving), carry=pace.carry, paced_at=pace.at)
        .execution_options(synchronize_session=False)
    )


def line_of(row: Row[str, str, str, str]) -> LineOf:
    """Return the line that a row of ``LINE`` names."""
    organization_id, mode, distribution_id, kind = row
    return LineOf(whose(organization_id, mode), distribution_id, kind)
