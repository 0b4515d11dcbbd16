"""Statements on who has entered which experience."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Visit


def enter(
    session: Session, tenant: Tenant, experience_id: str, consumer_id: str
) -> tuple[datetime, bool]:
    """Return since when a consumer is in an experience, and whether that begins now."""
    values = {"experience_id": experience_id, "consumer_id": consumer_id, **tenant._asdict()}
    new = insert(Visit).values(values).on_conflict_do_nothing().returning(Visit.entered_at)
    entered_at = session.scalar(new)
    if entered_at is not None:
        return entered_at, True
    mine = rows.of(Visit, tenant).where(
        Visit.experience_id == experience_id, Visit.consumer_id == consumer_id
    )
    return session.scalars(mine.with_only_columns(Visit.entered_at)).one(), False


def leave(session: Session, tenant: Tenant, experience_id: str, consumer_id: str) -> None:
    """Forget that a consumer is in an experience."""
    session.execute(
        delete(Visit)
        .where(Visit.experience_id == experience_id, Visit.consumer_id == consumer_id)
        .where(Visit.organization_id == tenant.organization_id, Visit.mode == tenant.mode)
    )
