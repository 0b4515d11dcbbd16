"""Statements on notices: what was reported to us, kept once, acted on once."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant, whose
from integration.store import rows
from integration.store.models import Connection, InboxNotice

ORDERS = "orders"
"""The source of what the Integration API reports; else it is a connection's id."""
REPORTED = "order.reported"

LONGEST_PAUSE_SECONDS = 3600
MOST_ATTEMPTS = 24
SECOND = timedelta(seconds=1)


def add(
    session: Session, tenant: Tenant, source: str, ref: str, *, topic: str, payload: dict[str, Any]
) -> str | None:
    """Keep a notice and return its id; None for one that is known."""
    values = {
        "id": new_id("inb"),
        "source": source,
        "ref": ref,
        "topic": topic,
        "payload": payload,
        **tenant._asdict(),
    }
    adding = insert(InboxNotice).values(values).on_conflict_do_nothing()
    return session.scalar(adding.returning(InboxNotice.id))


def claim(session: Session, notice_id: str, lease: timedelta) -> InboxNotice | None:
    """Take a notice, whoever's it is, that is due and that nobody is acting on.

    It is due again when the lease ends, should whoever has it die.
    """
    now = func.clock_timestamp()
    claiming = (
        update(InboxNotice)
        .where(InboxNotice.id == notice_id, InboxNotice.handled_at.is_(None))
        .where(InboxNotice.due_at <= now)
        .values(due_at=now + lease)
        .returning(InboxNotice)
        .execution_options(populate_existing=True)
    )
    return session.scalar(claiming)


def renew(session: Session, tenant: Tenant, notice_id: str, lease: timedelta) -> None:
    """Keep a notice that is still being acted on; one that is being settled is safe already."""
    if lock_open(session, tenant, notice_id, wait=False):
        _change(session, tenant, notice_id, {"due_at": func.clock_timestamp() + lease})


def connection(session: Session, connection_id: str) -> Connection | None:
    """Return a connection, whoever's it is: a shop that calls knows no more than its id."""
    wanted = select(Connection).where(
        Connection.id == connection_id, Connection.archived_at.is_(None)
    )
    return session.scalar(wanted)


def lock_open(session: Session, tenant: Tenant, notice_id: str, *, wait: bool = True) -> bool:
    """Take a notice that is not handled yet; False where it is, or was by whoever had it.

    Without ``wait`` it is False, too, while somebody has it.
    """
    wanted = (
        select(InboxNotice.id)
        .where(InboxNotice.id == notice_id, InboxNotice.handled_at.is_(None))
        .where(InboxNotice.organization_id == tenant.organization_id)
        .where(InboxNotice.mode == tenant.mode)
        .with_for_update(skip_locked=not wait)
    )
    return session.scalar(wanted) is not None


def handled(session: Session, tenant: Tenant, notice_id: str) -> None:
    """Say that a notice has been acted on; what it said of people is forgotten."""
    values: dict[str, Any] = {"payload": {}, "problem": None}
    values["handled_at"] = func.clock_timestamp()
    _change(session, tenant, notice_id, values)


def failed(
    session: Session, tenant: Tenant, notice_id: str, problem: str, again: float | None
) -> None:
    """Have a notice tried again later: after two seconds, then twice as many, up to an hour.

    Not before ``again`` seconds, where a shop said so. After half a day of failures it rests,
    with its problem, until somebody asks again.
    """
    attempts = InboxNotice.attempts + 1
    doubling = func.least(func.power(2, attempts), LONGEST_PAUSE_SECONDS)
    pause = func.greatest(doubling, min(again or 0, LONGEST_PAUSE_SECONDS))
    given_up = case((attempts >= MOST_ATTEMPTS, func.clock_timestamp()))
    values = {
        "attempts": attempts,
        "due_at": func.clock_timestamp() + pause * SECOND,
        "handled_at": given_up,
        "problem": problem,
    }
    _change(session, tenant, notice_id, values)


def ask_again(session: Session, tenant: Tenant, notice_id: str) -> bool:
    """Make a notice due now, as if nobody had tried; False where it was acted on."""
    unsettled = or_(InboxNotice.handled_at.is_(None), InboxNotice.problem.is_not(None))
    asked = (
        update(InboxNotice)
        .where(InboxNotice.id == notice_id, unsettled)
        .where(InboxNotice.organization_id == tenant.organization_id)
        .where(InboxNotice.mode == tenant.mode)
        .values(handled_at=None, attempts=0, due_at=func.clock_timestamp())
        .returning(InboxNotice.id)
        .execution_options(synchronize_session=False)
    )
    return session.scalar(asked) is not None


def reported(session: Session, tenant: Tenant, most: int) -> Sequence[str]:
    """Return the notices about a merchant's own orders that are to be acted on, the first first.

    Of two orders for one admission the one reported first is the one that counts.
    """
    return session.scalars(_reported(tenant, most).with_only_columns(InboxNotice.id)).all()


def take_reported(session: Session, tenant: Tenant, most: int) -> Sequence[InboxNotice]:
    """Take the first of those for this transaction, but what somebody else has in hand."""
    return session.scalars(_reported(tenant, most).with_for_update(skip_locked=True)).all()


def _reported(tenant: Tenant, most: int) -> Select[InboxNotice]:
    return (
        rows.of(InboxNotice, tenant)
        .where(InboxNotice.handled_at.is_(None), InboxNotice.due_at <= func.clock_timestamp())
        .where(InboxNotice.source == ORDERS)
        .order_by(InboxNotice.due_at, InboxNotice.id)
        .limit(most)
    )


def with_reported(session: Session) -> Sequence[Tenant]:
    """Return the merchants who have reported orders that are to be acted on now."""
    owners = (
        select(InboxNotice.organization_id, InboxNotice.mode)
        .where(InboxNotice.handled_at.is_(None), InboxNotice.due_at <= func.clock_timestamp())
        .where(InboxNotice.source == ORDERS)
    )
    return [
        whose(organization_id, mode) for organization_id, mode in session.execute(owners.distinct())
    ]


def from_shops(session: Session, most: int) -> Sequence[str]:
    """Return the notices of shops, whoever's they are, that are to be acted on now."""
    return due(session, most, InboxNotice.source != ORDERS)


def due(session: Session, most: int, *which: ColumnElement[bool]) -> Sequence[str]:
    """Return the notices, whoever's they are, that are to be acted on now."""
    waiting = (
        select(InboxNotice.id)
        .where(InboxNotice.handled_at.is_(None), InboxNotice.due_at <= func.clock_timestamp())
        .where(*which)
        .order_by(InboxNotice.due_at)
        .limit(most)
    )
    return session.scalars(waiting).all()


def _change(session: Session, tenant: Tenant, notice_id: str, values: dict[str, Any]) -> None:
    session.execute(
        update(InboxNotice)
        # Whose commit was not answered may have handled it: that stays.
        .where(InboxNotice.id == notice_id, InboxNotice.handled_at.is_(None))
        .where(InboxNotice.organization_id == tenant.organization_id)
        .where(InboxNotice.mode == tenant.mode)
        .values(values)
        .execution_options(synchronize_session=False)
    )
