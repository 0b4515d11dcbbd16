"""Statements on sequences."""

from collections.abc import Mapping, Sequence
from typing import Any

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
    session: Session, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]
) -> Sequence[Path]:
    """Return a part of this tenant's sequences; ``wanted`` narrows it."""
    found = rows.narrowed(_of(tenant), Path, wanted)
    return session.scalars(rows.cut(found, Path.id, part)).all()


def of_experience(session: Session, tenant: Tenant, experience_id: str) -> Sequence[Path]:
    """Return an experience's sequences, the highest priority first."""
    wanted = _of(tenant).where(Path.experience_id == experience_id)
    return session.scalars(wanted.order_by(Path.priority.desc(), Path.id)).all()


def _of(tenant: Tenant) -> Select[Path]:
    return rows.of(Path, tenant).where(Path.archived_at.is_(None))
