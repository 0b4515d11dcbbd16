"""What decides whether a slot can be had, read from the record in one transaction."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from integration.engine import slots
from integration.engine.entering import Closed, Full, NotOpenYet, SoldOut, title
from integration.engine.kinds import DistributionType, appointment
from integration.engine.kinds.appointment import AlreadyBooked
from integration.engine.pacing import free_places, sold_out
from integration.engine.participations import ParticipationState
from integration.engine.slots import Slot
from integration.engine.windows import DistributionState, Window, WindowStatus
from integration.kernel.errors import required
from integration.kernel.tenant import Tenant
from integration.store import bookings, doors, routing
from integration.store.doors import Comer, Door
from integration.store.models import Booking, Distribution

KIND = DistributionType.APPOINTMENT


class Way(NamedTuple):
    """A door that is open, and the slot behind it."""

    door: Door
    slot: Slot


def way_in(session: Session, tenant: Tenant, who: Comer, slot_id: str) -> Way | None:
    """Return how the consumer may book this slot now; None keeps the booking that they have.

    A booking whose time is over stands in nobody's way. Raises ``AlreadyBooked``,
    ``SlotTaken``, ``NotFound``, and what the contract says against entering.
    """
    door = _door(session, tenant, who)
    if _stands(session, tenant, door, who, slot_id):
        return None
    routing.require(session, tenant, who.distribution_id, who.consumer_id)
    _check_window(door.ground.window, door.now)
    slot = _slot(door.distribution, slot_id)
    appointment.book(
        slot,
        door.now,
        booked=None,
        taken=_taken(session, tenant, who, slot),
        capacity=_capacity(door.distribution),
    )
    _check_bounds(door)
    door.check_device()
    assert slot is not None  # noqa: S101 - else it was not found
    return Way(door, slot)


def way_over(session: Session, tenant: Tenant, who: Comer, booking: Booking, slot_id: str) -> Slot:
    """Return the slot that a booking may move to now, or raise why not."""
    door = _door(session, tenant, who)
    if door.ground.window.state is DistributionState.ENDED:
        raise Closed(KIND)
    slot = _slot(door.distribution, slot_id)
    appointment.reschedule(
        slot,
        door.now,
        booked=booking.slot_id,
        taken=_taken(session, tenant, who, slot),
        capacity=_capacity(door.distribution),
    )
    assert slot is not None  # noqa: S101 - else it was not found
    return slot


def _door(session: Session, tenant: Tenant, who: Comer) -> Door:
    return required(doors.look(session, tenant, who), title(KIND))


def _stands(session: Session, tenant: Tenant, door: Door, who: Comer, slot_id: str) -> bool:
    """Tell whether the consumer's booking is the answer; raise ``AlreadyBooked`` if in the way."""
    if door.state is None:
        return False
    booking = bookings.current(session, tenant, who.distribution_id, who.consumer_id)
    if booking is None or (door.state is ParticipationState.QUEUED and booking.ends_at <= door.now):
        return False
    if door.state is not ParticipationState.DENIED and booking.slot_id != slot_id:
        raise AlreadyBooked
    return True


def _check_window(window: Window, now: datetime) -> None:
    status = window.status(now)
    if status is WindowStatus.PENDING:
        raise NotOpenYet(KIND, window.open_at or now, now)
    if status is WindowStatus.CLOSED:
        raise Closed(KIND)


def _check_bounds(door: Door) -> None:
    """Promise no more than capacity and stock can keep: who waits will want a place, too."""
    at, line, most = door.ground, door.line, door.distribution.max_capacity
    if most is not None and line.waiting + line.active >= most:
        raise Full(KIND)
    if sold_out(at.limits, at.taken):
        raise SoldOut
    free = free_places(at.limits, at.taken)
    if free is not None and free <= line.waiting:
        raise Full(KIND)


def _slot(row: Distribution, slot_id: str) -> Slot | None:
    return slots.find(slots.read_plan(row.id, row.time_zone, row.rules), slot_id)


def _taken(session: Session, tenant: Tenant, who: Comer, slot: Slot | None) -> int:
    return 0 if slot is None else bookings.taken(session, tenant, who.distribution_id, slot)


def _capacity(row: Distribution) -> int:
    return int(row.rules.get("maxCapacityPerSlot", 1))
