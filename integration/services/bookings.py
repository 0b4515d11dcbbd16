"""A consumer's appointment: booked, moved, cancelled, shown."""

from typing import Any, NamedTuple

from integration.engine import icalendar
from integration.engine.entering import NeverEntered
from integration.engine.kinds import DistributionType
from integration.engine.participations import LIVE, ParticipationState
from integration.engine.status import Standing, event_data, status_body
from integration.kernel.errors import AuthenticationRequired, Conflict
from integration.kernel.tenant import Caller, Tenant
from integration.runtime import Runtime
from integration.store import (
    admissions,
    booking_rules,
    bookings,
    distributions,
    doors,
    leaving,
    outbox,
    participations,
)
from integration.store.booking_rules import Way
from integration.store.db import Transaction
from integration.store.distributions import DistributionFacts
from integration.store.doors import Comer
from integration.store.leaving import Place
from integration.store.models import Booking
from integration.store.outbox import Event

KIND = DistributionType.APPOINTMENT
GIVEN_UP = frozenset({ParticipationState.LEFT, ParticipationState.DENIED})


class BookingFixed(Conflict):
    """The booking cannot change any more."""

    code = "BOOKING_FIXED"
    message = "The appointment has begun, or has ended: this booking cannot be changed any more."


class Mine(NamedTuple):
    """An entry and its booking."""

    entry: Standing
    booking: Booking


class Booked(NamedTuple):
    """A status object with its booking, and whether the booking is new."""

    body: dict[str, Any]
    created: bool


def book(
    rt: Runtime, caller: Caller, appointment_id: str, slot_id: str, fingerprint: str | None
) -> Booked:
    """Book a slot, or show the booking of it that the consumer has.

    Only who may well get it waits for the line's row. Raises what the contract says:
    ``AlreadyBooked``, ``SlotTaken``, and all that may stand against entering.
    """
    line, consumer_id = _find(rt, caller, appointment_id)
    device = doors.device(rt.vault, line.fingerprint_policy, fingerprint)
    who, tenant = Comer(appointment_id, consumer_id, device), caller.tenant
    with rt.transaction() as tx:
        way = booking_rules.way_in(tx.session, tenant, who, slot_id)
        if way is not None:
            distributions.lock_line(tx.session, tenant, appointment_id)
            way = booking_rules.way_in(tx.session, tenant, who, slot_id)
        if way is None:
            mine = _mine(tx, tenant, appointment_id, consumer_id)
        else:
            mine = _book(rt, tx, tenant, who, way)
    return Booked(_body(rt, mine), way is not None)


def reschedule(rt: Runtime, caller: Caller, appointment_id: str, slot_id: str) -> dict[str, Any]:
    """Move the booking to another slot, or leave everything as it is.

    Raises ``SlotTaken``, ``NotFound``, and ``BookingFixed`` once the consumer is admitted.
    """
    _, consumer_id = _find(rt, caller, appointment_id)
    tenant = caller.tenant
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, tenant, appointment_id)
        mine = _mine(tx, tenant, appointment_id, consumer_id)
        if mine.booking.slot_id != slot_id or mine.entry.state in GIVEN_UP:
            if mine.entry.state is not ParticipationState.QUEUED:
                raise BookingFixed
            who = Comer(appointment_id, consumer_id, None)
            slot = booking_rules.way_over(tx.session, tenant, who, mine.booking, slot_id)
            mine = Mine(mine.entry, bookings.move(tx.session, tenant, mine.booking, slot))
            _tell(rt, tx, tenant, [_event("rescheduled", mine)])
    return _body(rt, mine)


def cancel(rt: Runtime, caller: Caller, appointment_id: str) -> dict[str, Any]:
    """Give the slot back, and a live admission; repeating it changes nothing.

    Raises ``BookingFixed`` for what led to an order, or was denied.
    """
    _, consumer_id = _find(rt, caller, appointment_id)
    tenant = caller.tenant
    with rt.transaction() as tx:
        distributions.lock_line(tx.session, tenant, appointment_id)
        mine = _mine(tx, tenant, appointment_id, consumer_id)
        if mine.entry.state in LIVE:
            place = Place(KIND, appointment_id, consumer_id)
            leaving.leave(tx, rt.lines, rt.jobs, tenant, place)
            mine = _mine(tx, tenant, appointment_id, consumer_id)
        elif mine.entry.state is not ParticipationState.LEFT:
            raise BookingFixed
    return _body(rt, mine)


def status(rt: Runtime, caller: Caller, appointment_id: str) -> dict[str, Any]:
    """Show the consumer's booking, the last one where there are several."""
    _, consumer_id = _find(rt, caller, appointment_id)
    with rt.transaction() as tx:
        mine = _mine(tx, caller.tenant, appointment_id, consumer_id)
    return _body(rt, mine)


def calendar(rt: Runtime, caller: Caller, appointment_id: str) -> str:
    """Return the booking as an iCalendar file; a cancelled one takes itself off calendars."""
    line, consumer_id = _find(rt, caller, appointment_id)
    with rt.transaction() as tx:
        entry, booking = _mine(tx, caller.tenant, appointment_id, consumer_id)
    names = {each["id"]: each["name"] for each in line.rules.get("locations", [])}
    return icalendar.event(
        uid=f"{booking.id}@fanfare",
        start=booking.starts_at,
        end=booking.ends_at,
        summary=line.name,
        stamp=rt.clock.now(),
        location=names.get(booking.location_id or ""),
        description=booking.confirmation_code,
        cancelled=entry.state in GIVEN_UP,
        sequence=booking.version - 1,
    )


def _find(rt: Runtime, caller: Caller, appointment_id: str) -> tuple[DistributionFacts, str]:
    line = rt.distributions.of(caller.tenant, KIND, appointment_id)
    if caller.consumer_id is None:
        raise AuthenticationRequired
    return line, caller.consumer_id


def _mine(tx: Transaction, tenant: Tenant, appointment_id: str, consumer_id: str) -> Mine:
    entry = participations.latest(tx.session, tenant, appointment_id, consumer_id)
    if entry is None:
        raise NeverEntered(KIND)
    return Mine(entry, bookings.of_entry(tx.session, tenant, entry.id))


def _book(rt: Runtime, tx: Transaction, tenant: Tenant, who: Comer, way: Way) -> Mine:
    if way.door.state is not None:
        # Its time is over: it makes room for this one.
        participations.leave_waiting(tx.session, tenant, who.distribution_id, who.consumer_id)
    found = doors.enter(tx.session, tenant, way.door, who)
    booking = bookings.keep(tx.session, tenant, found.id, who.distribution_id, way.slot)
    entry = participations.standing(tx.session, tenant, found.id)
    mine = Mine(entry, booking)
    entered = Event(f"{KIND}.consumer.entered", entry.id, entry.version, event_data(entry))
    _tell(rt, tx, tenant, [entered, _event("booked", mine)])
    return mine


def _event(verb: str, mine: Mine) -> Event:
    return bookings.event(verb, mine.entry, mine.booking)


def _tell(rt: Runtime, tx: Transaction, tenant: Tenant, happened: list[Event]) -> None:
    outbox.wake(tx, rt.jobs, outbox.emit_many(tx.session, tenant, happened))


def _body(rt: Runtime, mine: Mine) -> dict[str, Any]:
    token = admissions.token_of(rt.keyring, mine.entry)
    return {**status_body(mine.entry, token), **bookings.fields_of(mine.booking)}
