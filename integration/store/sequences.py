"""Statements on sequences."""

from collections.abc import Sequence

from sqlalchemy import Select
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Sequence as Path
from integration.store.rows import Slice


def find(session: Session, tenant: Tenant, sequence_id: str) -> Path | None:
    """Return one of this tenant's sequences, archived ones excepted."""
    return session.scalar(_of(tenant).where(Path.id == sequence_id))


def lock(
    session: Session, tenant: Tenant, sequence_id: str, expected: int | None = None
) -> Path | None:
    """Take a sequence for this transaction, to change it."""
    return rows.lock(session, _of(tenant).where(Path.id == sequence_id), expected)


def page(
    session: Session, tenant: Tenant, part: Slice, experience_id: str | None
) -> Sequence[Path]:
    """Return this tenant's sequences by id; of one experience where that is given."""
    wanted = _of(tenant)
    if experience_id is not None:
        wanted = wanted.where(Path.experience_id == experience_id)
    return session.scalars(rows.cut(wanted, Path.id, part)).all()


def of_experience(session: Session, tenant: Tenant, experience_id: str) -> Sequence[Path]:
    """Return an experience's sequences, the highest priority first."""
    wanted = _of(tenant).where(Path.experience_id == experience_id)
    return session.scalars(wanted.order_by(Path.priority.desc(), Path.id)).all()


def _of(tenant: Tenant) -> Select[Path]:
    return rows.of(Path, tenant).where(Path.archived_at.is_(None))
