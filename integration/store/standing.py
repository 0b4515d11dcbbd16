"""How distributions and experiences stand at a moment, said to the database.

The same as ``engine/windows.py`` says of one of them, for lists that ask for a status.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Case, ColumnElement, case, func, select
from sqlalchemy.orm import Session

from integration.engine.kinds import DistributionType
from integration.engine.windows import DistributionState, ExperienceStatus, WindowStatus
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Distribution, Draw, Experience

D, E = Distribution, Experience

DRAFT = "draft"
DRAWN, SETTLED = "DRAWN", "SETTLED"

_RANKS = (
    (WindowStatus.OPEN, ExperienceStatus.ACTIVE),
    (WindowStatus.PAUSED, ExperienceStatus.PAUSED),
    (WindowStatus.PENDING, ExperienceStatus.SCHEDULED),
    (WindowStatus.CLOSED, ExperienceStatus.ENDED),
)
"""What an experience is by the first of these that one of its distributions is."""


def distribution_status(now: datetime) -> Case[str | None]:
    """Return what a merchant is told of a distribution: null while it is a draft."""
    drawn = select(Draw.drawn_at).where(Draw.distribution_id == D.id).scalar_subquery()
    return case(
        (D.state == DRAFT, None),
        (D.settled_at.is_not(None), SETTLED),
        (drawn.is_not(None), DRAWN),
        else_=_window_status(now),
    )


def statuses(
    session: Session, tenant: Tenant, ids: Sequence[str], now: datetime
) -> dict[str, str | None]:
    """Return how these distributions stand, by their ids."""
    wanted = rows.of(D, tenant).where(D.id.in_(ids))
    found = session.execute(wanted.with_only_columns(D.id, distribution_status(now)))
    return dict(found.all())


def experience_status(now: datetime | ColumnElement[datetime]) -> Case[str]:
    """Return an experience's status."""
    ranks = {window.value: place for place, (window, _) in enumerate(_RANKS)}
    rank = case(ranks, value=_window_status(now))
    first = (
        select(func.min(rank))
        .where(D.experience_id == E.id, D.archived_at.is_(None))
        .where(D.organization_id == E.organization_id, D.mode == E.mode)
        .where(D.kind != DistributionType.WAITLIST.value)
        .scalar_subquery()
    )
    statuses = {place: whole.value for place, (_, whole) in enumerate(_RANKS)}
    combined = case(statuses, value=func.coalesce(first, 0))
    return case(
        (E.archived_at.is_not(None), ExperienceStatus.ARCHIVED.value),
        (E.published_at.is_(None), ExperienceStatus.DRAFT.value),
        (E.ended_at.is_not(None) | (E.close_at <= now), ExperienceStatus.ENDED.value),
        (E.open_at > now, ExperienceStatus.SCHEDULED.value),
        else_=combined,
    )


def _window_status(now: datetime | ColumnElement[datetime]) -> Case[str]:
    ended = (D.state == DistributionState.ENDED.value) | (D.close_at <= now)
    return case(
        (ended, WindowStatus.CLOSED.value),
        (D.open_at > now, WindowStatus.PENDING.value),
        (D.state == DistributionState.PAUSED.value, WindowStatus.PAUSED.value),
        else_=WindowStatus.OPEN.value,
    )
