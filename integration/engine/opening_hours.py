"""Opening hours on one day in one zone, as moments: across clock changes, without gaps or twins.

Hours are what a clock on the wall says. Where clocks go forward, a time that does not exist
is the moment of the change; where they go back, the first of the two is meant, and what lies
between is as long as it is. A day with 25 hours has an hour more to book.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from integration.engine.schedules import BadSchedule

MIDNIGHT = "24:00"


class Opening(NamedTuple):
    """From and to, as ``HH:MM``; to may be ``24:00``, the end of the day."""

    start: str
    end: str


def moments(day: date, opening: Opening, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when this opening begins and ends, in UTC."""
    return _moment(day, opening.start, zone), _moment(day, opening.end, zone)


def read_weekly(hours: Iterable[Mapping[str, Any]]) -> dict[int, tuple[Opening, ...]]:
    """Return the openings of each weekday (0 is Monday), in order.

    Takes what the API does: ``{weekday, from, to}``. Raises ``BadSchedule``.
    """
    found: dict[int, list[Mapping[str, Any]]] = {}
    for each in hours:
        found.setdefault(each["weekday"], []).append(each)
    return {weekday: read_openings(spans) for weekday, spans in found.items()}


def read_openings(spans: Iterable[Mapping[str, Any]]) -> tuple[Opening, ...]:
    """Return openings of one day in order, none into another; raises ``BadSchedule``."""
    openings = tuple(sorted(_opening(span["from"], span["to"]) for span in spans))
    _check_apart(openings)
    return openings


def _opening(start: str, end: str) -> Opening:
    if not (_is_time(start) and (_is_time(end) or end == MIDNIGHT)):
        raise BadSchedule("Write times as HH:MM, such as 09:30; the end of the day is 24:00.")
    if end <= start:
        raise BadSchedule(f"From {start} to {end} ends before it begins. Split it at 24:00.")
    return Opening(start, end)


def _is_time(text: str) -> bool:
    try:
        return time.fromisoformat(text).strftime("%H:%M") == text
    except ValueError:
        return False


def _check_apart(openings: Sequence[Opening]) -> None:
    for earlier, later in pairwise(openings):
        if later.start < earlier.end:
            raise BadSchedule(f"From {later.start} begins before {earlier.end}, on the same day.")


def _moment(day: date, text: str, zone: ZoneInfo) -> datetime:
    if text == MIDNIGHT:
        day, text = day + timedelta(days=1), "00:00"
    local = datetime.combine(day, time.fromisoformat(text), zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _change(local.replace(fold=1).astimezone(UTC), moment, zone)


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return when clocks change between these two, which lie on either side of it."""
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
