"""Statements on one-time codes: one for each contact, used once, guessed at five times."""

from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import case, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import OtpCode

HOUR = timedelta(hours=1)
MOST_TRIES = 5
KEY = ["organization_id", "mode", "contact"]


class NewCode(NamedTuple):
    """A code to be proven: its request's id, what it is hashed to, and who asked, sealed."""

    id: str
    code: bytes
    full_name: bytes | None


def ask(
    session: Session, tenant: Tenant, contact: bytes, new: NewCode, *, lasts: timedelta, most: int
) -> OtpCode | None:
    """Replace the contact's code by a new one; None where ``most`` were asked for this hour."""
    now = func.clock_timestamp()
    values = {**new._asdict(), "tries": 0, "expires_at": now + lasts}
    first = {"contact": contact, "asked": 1, "hour_began": now}
    over = OtpCode.hour_began <= now - HOUR
    asking = (
        insert(OtpCode)
        .values(tenant._asdict() | first | values)
        .on_conflict_do_update(
            index_elements=KEY,
            set_=values
            | {
                "asked": case((over, 1), else_=OtpCode.asked + 1),
                "hour_began": case((over, now), else_=OtpCode.hour_began),
            },
            where=over | (OtpCode.asked < most),
        )
        .returning(OtpCode)
        .execution_options(populate_existing=True)
    )
    return None if most < 1 else session.scalar(asking)


def wait_of(session: Session, tenant: Tenant, contact: bytes) -> int:
    """Return in how many seconds the next code may be asked for."""
    left = select(func.ceil(func.extract("epoch", OtpCode.hour_began + HOUR - func.now()))).where(
        OtpCode.organization_id == tenant.organization_id,
        OtpCode.mode == tenant.mode,
        OtpCode.contact == contact,
    )
    return max(1, int(session.scalar(left) or HOUR.total_seconds()))


def use(
    session: Session, tenant: Tenant, contact: bytes, fits: Callable[[OtpCode], bool]
) -> OtpCode | None:
    """Use up the contact's code if it ``fits``, else count the try.

    The row is locked: of two callers with the same code the second finds none.
    """
    wanted = rows.of(OtpCode, tenant).where(
        OtpCode.contact == contact,
        OtpCode.code.is_not(None),
        OtpCode.tries < MOST_TRIES,
        OtpCode.expires_at > func.clock_timestamp(),
    )
    found = session.scalar(wanted.with_for_update().execution_options(populate_existing=True))
    if found is None:
        return None
    if not fits(found):
        found.tries += 1
        return None
    found.code = None
    return found


def forget_old(session: Session) -> None:
    """Delete the codes of all tenants that are over, once they count for no hour."""
    session.execute(delete(OtpCode).where(OtpCode.expires_at < func.now() - HOUR))
