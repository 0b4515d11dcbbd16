"""Statements on experiences whose time has come: who follows is told, once."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from integration.engine.windows import ExperienceStatus
from integration.store import rows
from integration.store.models import Experience
from integration.store.standing import experience_status

E = Experience

RUNNING = (ExperienceStatus.ACTIVE.value, ExperienceStatus.PAUSED.value)


def opened(session: Session, most: int) -> Sequence[Experience]:
    """Mark experiences that have opened, or opened again, whoever's they are; return them."""
    before = E.opened_at.is_(None) | E.closed_at.is_not(None)
    found = _due(session, most, before, _status().in_(RUNNING))
    for row in found:
        row.opened_at, row.closed_at = rows.now(session), None
        row.version += 1
    session.flush()
    return found


def closed(session: Session, most: int) -> Sequence[Experience]:
    """Mark experiences that take no more entries, though nobody has ended them; return them."""
    before = E.opened_at.is_not(None) & E.closed_at.is_(None)
    found = _due(session, most, before, _status() == ExperienceStatus.ENDED.value)
    for row in found:
        row.closed_at = rows.now(session)
        row.version += 1
    session.flush()
    return found


def _status() -> ColumnElement[str]:
    return experience_status(func.clock_timestamp())


def _due(session: Session, most: int, *which: ColumnElement[bool]) -> Sequence[Experience]:
    wanted = (
        select(E)
        .where(E.published_at.is_not(None), E.ended_at.is_(None), E.archived_at.is_(None), *which)
        .order_by(E.id)
        .limit(most)
        .with_for_update(key_share=True, skip_locked=True)
    )
    return session.scalars(wanted.execution_options(populate_existing=True)).all()
