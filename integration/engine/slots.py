"""The slots of an appointment: computed from its hours; one is a row only once it is booked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from integration.engine.opening_hours import Opening, moments, read_openings, read_weekly
from integration.engine.windows import check_zone, in_zone

DEFAULT_RANGE = timedelta(days=14)
LONGEST_RANGE = timedelta(days=62)
FARTHEST = timedelta(days=5 * 366)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_PREFIX = "slot_"
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 26
_TAG_BYTES = 10
_LAST_YEAR = datetime(2200, 1, 1, tzinfo=UTC)


class BadRange(ValueError):
    """No slots can be told for this range; the text says why."""


class Plan(NamedTuple):
    """What an appointment's slots follow from; an exception replaces its day's openings.

    ``locations`` are ids; each has every slot. Without any there is one of each.
    """

    appointment_id: str
    zone: ZoneInfo
    duration: timedelta
    buffer: timedelta
    weekly: Mapping[int, Sequence[Opening]]
    exceptions: Mapping[date, Sequence[Opening]]
    locations: Sequence[str] = ()


class Slot(NamedTuple):
    """A time that one may book, in UTC."""

    id: str
    start: datetime
    end: datetime
    location_id: str | None


def read_plan(appointment_id: str, time_zone: str, rules: Mapping[str, Any]) -> Plan:
    """Return the plan of an appointment's own fields, named as the API names them.

    Raises ``BadSchedule`` for hours that contradict each other, ``UnknownTimeZone``.
    """
    exceptions = rules.get("exceptions") or ()
    return Plan(
        appointment_id=appointment_id,
        zone=check_zone(time_zone),
        duration=timedelta(minutes=rules["slotDurationMinutes"]),
        buffer=timedelta(minutes=rules.get("bufferMinutes") or 0),
        weekly=read_weekly(rules.get("weeklyHours") or ()),
        exceptions={_day(each["date"]): _openings(each) for each in exceptions},
        locations=tuple(each["id"] for each in rules.get("locations") or ()),
    )


def slots(plan: Plan, start: datetime, end: datetime) -> Iterator[Slot]:
    """Yield the slots that begin from ``start`` until before ``end``, by time, then location."""
    day = start.astimezone(plan.zone).date() - timedelta(days=1)
    last = end.astimezone(plan.zone).date() + timedelta(days=1)
    while day <= last:
        for begin in _starts(plan, day):
            if start <= begin < end:
                yield from _at(plan, begin)
        day += timedelta(days=1)


def find(plan: Plan, slot_id: str) -> Slot | None:
    """Return the slot of this id while the plan has it; the id itself says when it begins."""
    begin = _begin(slot_id)
    if begin is None:
        return None
    found = slots(plan, begin, begin + _MILLISECOND)
    return next((slot for slot in found if slot.id == slot_id), None)


def read_range(
    start: str | None, end: str | None, zone: ZoneInfo, now: datetime
) -> tuple[datetime, datetime]:
    """Return the range that is asked for: dates or times in this zone, the end exclusive.

    From now on, and for 14 days where nothing is said; what is past is cut off. Raises
    ``BadRange``.
    """
    begin = now if start is None else _time(start, zone)
    until = begin + DEFAULT_RANGE if end is None else _time(end, zone)
    # Local days may have 25 hours: count on the clock of the wall.
    if _wall(until, zone) - _wall(begin, zone) > LONGEST_RANGE:
        raise BadRange(f"Ask for at most {LONGEST_RANGE.days} days.")
    if until < begin:
        raise BadRange("The range ends before it begins.")
    if until > now + FARTHEST:
        raise BadRange("The range is too far ahead.")
    return max(begin, now), max(until, now)


def slot_id(appointment_id: str, location_id: str | None, start: datetime) -> str:
    """Return a slot's id: its start as an ULID has it, and a hash of all that it is."""
    milliseconds = (start - _EPOCH) // _MILLISECOND
    said = f"{appointment_id}\0{location_id or ''}\0{milliseconds}".encode()
    tag = sha256(said).digest()[:_TAG_BYTES]
    value = milliseconds << 8 * _TAG_BYTES | int.from_bytes(tag, "big")
    digits = (_DIGITS[value >> shift & 31] for shift in range(5 * (_LENGTH - 1), -1, -5))
    return _PREFIX + "".join(digits)


def _begin(text: str) -> datetime | None:
    digits = text.removeprefix(_PREFIX)
    if len(text) != len(_PREFIX) + _LENGTH or len(digits) != _LENGTH or set(digits) - set(_DIGITS):
        return None
    value = 0
    for digit in digits:
        value = value << 5 | _DIGITS.index(digit)
    milliseconds = value >> 8 * _TAG_BYTES
    if milliseconds >= (_LAST_YEAR - _EPOCH) // _MILLISECOND:
        return None
    return _EPOCH + milliseconds * _MILLISECOND


def _starts(plan: Plan, day: date) -> Iterator[datetime]:
    openings = plan.exceptions.get(day)
    if openings is None:
        openings = plan.weekly.get(day.weekday(), ())
    for opening in openings:
        begin, end = moments(day, opening, plan.zone)
        while begin + plan.duration <= end:
            yield begin
            begin += plan.duration + plan.buffer


def _at(plan: Plan, begin: datetime) -> Iterator[Slot]:
    for location_id in plan.locations or (None,):
        named = slot_id(plan.appointment_id, location_id, begin)
        yield Slot(named, begin, begin + plan.duration, location_id)


def _openings(exception: Mapping[str, Any]) -> tuple[Opening, ...]:
    return () if exception.get("closed") else read_openings(exception.get("hours") or ())


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _time(text: str, zone: ZoneInfo) -> datetime:
    try:
        return in_zone(datetime.fromisoformat(text), zone.key)
    except (ValueError, OverflowError):
        raise BadRange("Give from and to as dates, or as times, in ISO 8601.") from None


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
