"""Statements that give an admission more time, once (WCAG 2.2.1)."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store.arrays import ADMITTED
from integration.store.models import Admission, Distribution

A = Admission


class Terms(NamedTuple):
    """What may stand against more time."""

    live: bool
    extendable: bool
    extended: bool


def extend(session: Session, tenant: Tenant, admission_id: str, more: timedelta) -> bool:
    """Put off the end of a live admission, if that is allowed and was not done before.

    The caller holds the line's row, as whoever expires admissions does.
    """
    allowed = exists().where(Distribution.id == A.distribution_id, Distribution.extendable)
    extended = session.scalar(
        update(A)
        .where(A.id == admission_id, A.state == ADMITTED, A.extended_at.is_(None), allowed)
        .where(A.organization_id == tenant.organization_id, A.mode == tenant.mode)
        .where(A.expires_at > func.clock_timestamp())
        .values(expires_at=A.expires_at + more, extended_at=func.clock_timestamp())
        .returning(A.id)
        .execution_options(synchronize_session=False)
    )
    return extended is not None


def terms(session: Session, tenant: Tenant, admission_id: str) -> Terms:
    """Return how an admission that is known to exist stands towards more time."""
    live = (A.state == ADMITTED) & (A.expires_at > func.clock_timestamp())
    wanted = (
        select(live, Distribution.extendable, A.extended_at.is_not(None))
        .join(Distribution, Distribution.id == A.distribution_id)
        .where(A.id == admission_id)
        .where(A.organization_id == tenant.organization_id, A.mode == tenant.mode)
    )
    return Terms(*session.execute(wanted).one())
