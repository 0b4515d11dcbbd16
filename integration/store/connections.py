"""Statements on connections, as their merchant keeps them."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from integration.engine.participations import AdmissionState
from integration.kernel.tenant import Tenant
from integration.store import rows, shops
from integration.store.models import (
    Admission,
    Connection,
    Distribution,
    Experience,
    Handoff,
    Line,
)
from integration.store.rows import Slice


class ConnectionState(StrEnum):
    """What is known of a shop since somebody last talked to it."""

    UNVERIFIED = "unverified"
    ACTIVE = "active"
    NEEDS_REAUTH = "needs_reauth"
    UNINSTALLED = "uninstalled"
    FAILING = "failing"


LEFT = "The app was uninstalled in the shop. Install it again, then verify the connection."


def add(session: Session, row: Connection) -> None:
    """Keep a new connection."""
    session.add(row)
    session.flush()


def lock(
    session: Session, tenant: Tenant, connection_id: str, expected: int | None = None
) -> Connection | None:
    """Take a connection for this transaction, to change it."""
    return rows.lock(session, shops.of(tenant).where(Connection.id == connection_id), expected)


def page(
    session: Session, tenant: Tenant, part: Slice, wanted: Mapping[str, Any]
) -> Sequence[Connection]:
    """Return a part of this tenant's connections; ``wanted`` narrows it."""
    found = rows.narrowed(shops.of(tenant), Connection, wanted)
    return session.scalars(rows.cut(found, Connection.id, part)).all()


def record(
    session: Session,
    tenant: Tenant,
    verified: Connection,
    state: ConnectionState,
    message: str | None,
) -> None:
    """Keep what came of talking to a shop, unless the connection has changed meanwhile."""
    session.execute(
        update(Connection)
        .where(Connection.id == verified.id, Connection.version == verified.version)
        .where(Connection.organization_id == tenant.organization_id)
        .where(Connection.mode == tenant.mode)
        .values(state=state.value, state_message=message, version=Connection.version + 1)
        .execution_options(synchronize_session=False)
    )


def looked_after(session: Session) -> Sequence[str]:
    """Return the connections of all tenants that are in order, or may be again by themselves.

    A shop that refused us may have done so by mistake, or been told since to let us in.
    """
    alone = [ConnectionState.UNVERIFIED.value, ConnectionState.UNINSTALLED.value]
    wanted = select(Connection.id).where(
        Connection.state.not_in(alone), Connection.archived_at.is_(None)
    )
    return session.scalars(wanted).all()


def left(session: Session, tenant: Tenant, connection_id: str) -> None:
    """Keep that the merchant ended the connection on the shop's side."""
    session.execute(
        update(Connection)
        .where(Connection.id == connection_id)
        .where(Connection.organization_id == tenant.organization_id)
        .where(Connection.mode == tenant.mode)
        .values(
            state=ConnectionState.UNINSTALLED.value,
            state_message=LEFT,
            version=Connection.version + 1,
        )
        .execution_options(synchronize_session=False)
    )


def is_used(session: Session, tenant: Tenant, connection_id: str) -> bool:
    """Tell whether an experience that has not ended sends its winners to this shop.

    Or somebody holds an admission with which they were sent there, or may be.
    """
    to_come = (Experience.archived_at.is_(None), Experience.ended_at.is_(None))
    there = rows.of(Experience, tenant).where(Experience.connection_id == connection_id)
    held = there.join(Distribution, Distribution.experience_id == Experience.id).join(
        Line, Line.distribution_id == Distribution.id
    )
    sent = (
        rows.of(Handoff, tenant)
        .join(Admission, Admission.id == Handoff.admission_id)
        .where(Handoff.connection_id == connection_id)
        .where(Admission.state == AdmissionState.ADMITTED.value)
    )
    each = (there.where(*to_come), held.where(Line.active > 0), sent)
    return bool(session.scalar(select(or_(*(one.exists() for one in each)))))
