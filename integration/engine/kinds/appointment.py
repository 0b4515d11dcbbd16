"""The appointment: a time of one's own, first come, first served in every slot."""

from datetime import datetime
from enum import StrEnum

from integration.engine.kinds.base import ChoiceOrder, DistributionType, NotInTurn
from integration.engine.slots import Slot
from integration.engine.windows import Window
from integration.kernel.errors import Conflict, NotFound

CODE_BYTES = 10

# Without 0 and O, 1, I and L, and U and V, which are taken for each other.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTWXYZ"
_CODE_LENGTH = 8


class SlotTaken(Conflict):
    """The slot cannot be booked: it is full, or it has begun."""

    code = "SLOT_TAKEN"
    message = "This slot is taken. Choose another."


class AlreadyBooked(Conflict):
    """The consumer has another slot of this appointment."""

    code = "ALREADY_BOOKED"
    message = "You have booked another slot. Reschedule it, or cancel it first."


class Booking(StrEnum):
    """What booking, or rescheduling, does."""

    BOOK = "book"
    KEEP = "keep"
    """Answer with the booking as it stands."""


class Appointment(NotInTurn):
    """Admits whoever has booked, when their time comes."""

    name = DistributionType.APPOINTMENT
    default_admission_seconds = 86_400
    order = ChoiceOrder.BY_SLOT

    def may_choose(self, window: Window, now: datetime) -> bool:
        """Serve bookings until it is ended, after closing too."""
        return window.serves(now)


def book(
    slot: Slot | None, now: datetime, *, booked: str | None, taken: int, capacity: int
) -> Booking:
    """Return what booking this slot does; the caller holds the lock on the slot.

    ``booked`` is the slot that the consumer has already, ``taken`` counts all who have
    this one. Raises ``NotFound``, ``AlreadyBooked`` and ``SlotTaken``.
    """
    if slot is None:
        raise NotFound("Slot")
    if booked == slot.id:
        return Booking.KEEP
    if booked is not None:
        raise AlreadyBooked
    return _into(slot, now, taken, capacity)


def reschedule(
    slot: Slot | None, now: datetime, *, booked: str, taken: int, capacity: int
) -> Booking:
    """Return what moving there from the slot ``booked`` does; the caller holds both locks.

    Raises ``NotFound`` and ``SlotTaken``; then the old slot stays booked.
    """
    if slot is None:
        raise NotFound("Slot")
    return Booking.KEEP if booked == slot.id else _into(slot, now, taken, capacity)


def confirmation_code(random: bytes) -> str:
    """Return a code that is easily read out, such as ``K7QM-2XWD``, of 10 random bytes.

    Codes repeat at random: half a trillion are possible, and the caller tries again.
    """
    value, letters = int.from_bytes(random, "big"), ""
    for _ in range(_CODE_LENGTH):
        value, digit = divmod(value, len(_LETTERS))
        letters += _LETTERS[digit]
    return f"{letters[:4]}-{letters[4:]}"


def _into(slot: Slot, now: datetime, taken: int, capacity: int) -> Booking:
    if now >= slot.start:
        raise SlotTaken("This slot has begun. Choose another.")
    if taken >= capacity:
        raise SlotTaken
    return Booking.BOOK
