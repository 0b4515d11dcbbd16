"""Statements on bookings: who has which slot, and whose time has come.

A booking takes its place until its entry is left or denied, so that whatever ends an entry
frees the slot. Whoever books holds the line's row: what is counted then is exact.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from integration.engine.kinds.appointment import CODE_BYTES, confirmation_code
from integration.engine.slots import Slot
from integration.engine.status import Standing, event_data, stamp
from integration.kernel.errors import ServiceUnavailable
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store import rows
from integration.store.models import Booking, Participation
from integration.store.outbox import Event

B = Booking
P = Participation

CODE_TRIES = 5
_HOLDS: Any = literal_column("participation.state IN ('QUEUED', 'ADMITTED', 'COMPLETED')")


def of_entry(session: Session, tenant: Tenant, participation_id: str) -> Booking:
    """Return the booking of an entry as it is now."""
    wanted = rows.of(B, tenant).where(B.participation_id == participation_id)
    return session.scalars(wanted.execution_options(populate_existing=True)).one()


def current(
    session: Session, tenant: Tenant, distribution_id: str, consumer_id: str
) -> Booking | None:
    """Return the booking of the consumer's current entry."""
    wanted = (
        rows.of(B, tenant)
        .join(P, P.id == B.participation_id)
        .where(P.distribution_id == distribution_id, P.consumer_id == consumer_id, P.current)
    )
    return session.scalar(wanted.execution_options(populate_existing=True))


def taken(session: Session, tenant: Tenant, distribution_id: str, slot: Slot) -> int:
    """Return how many places of a slot are taken."""
    found = taken_between(session, tenant, distribution_id, slot.start, slot.end)
    return found.get(slot.id, 0)


def taken_between(
    session: Session, tenant: Tenant, distribution_id: str, start: datetime, end: datetime
) -> Mapping[str, int]:
    """Return how many places are taken of each slot that begins in this range."""
    counted = (
        select(B.slot_id, func.count())
        .join(P, P.id == B.participation_id)
        .where(B.distribution_id == distribution_id, B.starts_at >= start, B.starts_at < end)
        .where(B.organization_id == tenant.organization_id, B.mode == tenant.mode, _HOLDS)
        .group_by(B.slot_id)
    )
    return dict(session.execute(counted).all())


def keep(
    session: Session, tenant: Tenant, participation_id: str, distribution_id: str, slot: Slot
) -> Booking:
    """Give an entry a slot, under a code that no other booking of this merchant has."""
    values = {
        "id": new_id("bkg"),
        **tenant._asdict(),
        "participation_id": participation_id,
        "distribution_id": distribution_id,
        "version": 1,
        **_of_slot(slot),
    }
    codes = ["organization_id", "mode", "confirmation_code"]
    for _ in range(CODE_TRIES):
        code = confirmation_code(secrets.token_bytes(CODE_BYTES))
        kept = insert(B).values(values | {"confirmation_code": code})
        kept = kept.on_conflict_do_nothing(index_elements=codes)
        found: Booking | None = session.scalar(kept.returning(B))
        if found is not None:
            return found
    raise ServiceUnavailable


def move(session: Session, tenant: Tenant, booking: Booking, slot: Slot) -> Booking:
    """Move a booking to another slot; it keeps its code."""
    return _change(session, tenant, booking, {**_of_slot(slot), "pending": True})


def give_up(session: Session, tenant: Tenant, booking: Booking) -> Booking:
    """Count that a booking was cancelled: its entry has been left."""
    return _change(session, tenant, booking, {"pending": False})


def fields_of(booking: Booking) -> dict[str, Any]:
    """Return what a status object says of its booking."""
    return {
        "bookingId": booking.id,
        "confirmationCode": booking.confirmation_code,
        "slotId": booking.slot_id,
        "startTime": stamp(booking.starts_at),
        "endTime": stamp(booking.ends_at),
        "locationId": booking.location_id,
        "createdAt": stamp(booking.created_at),
    }


def event(verb: str, entry: Standing, booking: Booking) -> Event:
    """Return the event ``appointment.<verb>`` of a booking."""
    data = {**event_data(entry), **fields_of(booking)}
    return Event(f"appointment.{verb}", booking.id, booking.version, data)


def _change(
    session: Session, tenant: Tenant, booking: Booking, values: Mapping[str, Any]
) -> Booking:
    session.execute(
        update(B)
        .where(B.id == booking.id)
        .where(B.organization_id == tenant.organization_id, B.mode == tenant.mode)
        .values(**values, version=B.version + 1)
        .execution_options(synchronize_session=False)
    )
    return of_entry(session, tenant, booking.participation_id)


def _of_slot(slot: Slot) -> dict[str, Any]:
    return {
        "slot_id": slot.id,
        "starts_at": slot.start,
        "ends_at": slot.end,
        "location_id": slot.location_id,
    }
