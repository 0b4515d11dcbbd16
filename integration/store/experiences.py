"""Statements on experiences."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import Select, and_
from sqlalchemy.orm import Session

from integration.engine.kinds import DistributionType
from integration.engine.status import stamp
from integration.engine.windows import ExperienceStatus, Window, experience_status
from integration.kernel.tenant import Tenant
from integration.store import outbox, rows, standing
from integration.store.distributions import DRAFT, window
from integration.store.models import Distribution, Experience, Line, Product
from integration.store.models import Sequence as Path
from integration.store.rows import Slice


class Shown(NamedTuple):
    """One distribution of an experience, and its counters."""

    distribution: Distribution
    line: Line


def find(session: Session, tenant: Tenant, experience_id: str) -> Experience | None:
    """Return one of this tenant's experiences, archived ones excepted."""
    return session.scalar(_of(tenant).where(Experience.id == experience_id))


def known(session: Session, tenant: Tenant, experience_id: str) -> bool:
    """Tell whether this tenant has, or had and archived, such an experience."""
    wanted = rows.of(Experience, tenant).where(Experience.id == experience_id)
    return session.scalar(wanted.with_only_columns(Experience.id)) is not None


def lock(
    session: Session, tenant: Tenant, experience_id: str, expected: int | None = None
) -> Experience | None:
    """Take an experience for this transaction: to change it, or what belongs to it."""
    return rows.lock(session, _of(tenant).where(Experience.id == experience_id), expected)


def page(
    session: Session, tenant: Tenant, part: Slice, wanted: Mapping[str, Any], now: datetime
) -> Sequence[Experience]:
    """Return a part of this tenant's experiences; ``wanted`` narrows it.

    ``status`` is that of this moment; archived ones are there only where it says so.
    """
    columns = dict(wanted)
    asked = columns.pop("status", None)
    archived = asked == ExperienceStatus.ARCHIVED
    mine = rows.of(Experience, tenant) if archived else _of(tenant)
    found = rows.narrowed(mine, Experience, columns)
    if asked is not None:
        found = found.where(standing.experience_status(now) == asked)
    return session.scalars(rows.cut(found, Experience.id, part)).all()


def distributions_of(
    session: Session, tenant: Tenant, experience_ids: Sequence[str]
) -> Sequence[Distribution]:
    """Return all that these experiences hold, archived distributions excepted, by id."""
    wanted = rows.of(Distribution, tenant).where(
        Distribution.experience_id.in_(experience_ids), Distribution.archived_at.is_(None)
    )
    return session.scalars(wanted.order_by(Distribution.id)).all()


def lock_distributions(
    session: Session, tenant: Tenant, experience_id: str
) -> Sequence[Distribution]:
    """Take all that an experience holds for this transaction, by id."""
    wanted = rows.of(Distribution, tenant).where(
        Distribution.experience_id == experience_id, Distribution.archived_at.is_(None)
    )
    statement = wanted.order_by(Distribution.id).with_for_update(key_share=True)
    return session.scalars(statement.execution_options(populate_existing=True)).all()


def somebody_is_in(session: Session, tenant: Tenant, experience_id: str) -> bool:
    """Tell whether somebody waits, or holds an admission that can still be used."""
    wanted = (
        rows.of(Line, tenant)
        .join(Distribution, Distribution.id == Line.distribution_id)
        .where(Distribution.experience_id == experience_id, (Line.active > 0) | (Line.waiting > 0))
    )
    return session.scalar(wanted.limit(1)) is not None


def published(
    session: Session, tenant: Tenant, experience_id: str
) -> tuple[Experience, Product | None] | None:
    """Return an experience that consumers may see, and what it sells."""
    row = session.execute(
        _of(tenant)
        .where(Experience.id == experience_id, Experience.published_at.is_not(None))
        .outerjoin(Product, Product.id == Experience.product_id)
        .add_columns(Product)
    ).first()
    return None if row is None else (row[0], row[1])


def paths(session: Session, tenant: Tenant, experience_id: str) -> list[tuple[Path, list[Shown]]]:
    """Return an experience's sequences, the highest priority first, and what they offer."""
    offered = and_(
        Distribution.sequence_id == Path.id,
        Distribution.state != DRAFT,
        Distribution.archived_at.is_(None),
    )
    found: dict[str, tuple[Path, list[Shown]]] = {}
    wanted = (
        rows.of(Path, tenant)
        .where(Path.experience_id == experience_id, Path.archived_at.is_(None))
        .outerjoin(Distribution, offered)
        .outerjoin(Line, Line.distribution_id == Distribution.id)
        .add_columns(Distribution, Line)
        .order_by(Path.priority.desc(), Path.id, Distribution.id)
    )
    for path, distribution, line in session.execute(wanted):
        _, offers = found.setdefault(path.id, (path, []))
        if distribution is not None and line is not None:
            offers.append(Shown(distribution, line))
    return list(found.values())


def described(
    session: Session, tenant: Tenant, experiences: Sequence[Experience], now: datetime
) -> list[SimpleNamespace]:
    """Return experiences as their merchant sees them: with the status derived."""
    windows: dict[str, list[Window]] = {experience.id: [] for experience in experiences}
    for row in distributions_of(session, tenant, list(windows)):
        # A waitlist is for the time before: it opens nothing.
        if row.kind != DistributionType.WAITLIST:
            windows[row.experience_id].append(window(row))
    return [rows.shown(row, status=status(row, windows[row.id], now)) for row in experiences]


def status(row: Experience, windows: Sequence[Window], now: datetime) -> ExperienceStatus:
    """Derive an experience's status."""
    return experience_status(
        published_at=row.published_at,
        ended_at=row.ended_at,
        archived_at=row.archived_at,
        open_at=row.open_at,
        close_at=row.close_at,
        windows=windows,
        now=now,
    )


def tell(session: Session, tenant: Tenant, row: Experience, what: str) -> list[str]:
    """Tell ``experience.<what>``; return the endpoints to wake."""
    data = {
        "id": row.id,
        "name": row.name,
        "openAt": row.open_at and stamp(row.open_at),
        "closeAt": row.close_at and stamp(row.close_at),
    }
    return outbox.emit(session, tenant, f"experience.{what}", row.id, row.version, data)


def _of(tenant: Tenant) -> Select[Experience]:
    return rows.of(Experience, tenant).where(Experience.archived_at.is_(None))
