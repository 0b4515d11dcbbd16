"""The times that a merchant gives: read in their zone, in their order."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from integration.engine.status import stamp
from integration.engine.windows import in_zone


class BadSchedule(ValueError):
    """The times contradict each other; the text says how."""


def read_times(values: Mapping[str, Any], time_zone: str) -> dict[str, Any]:
    """Return the values with all times in UTC; naive ones are read in this zone.

    Times further inside, as in a kind's ``rules``, become text as the wire writes it.
    """
    return {
        name: in_zone(value, time_zone)
        if isinstance(value, datetime)
        else _inside(value, time_zone)
        for name, value in values.items()
    }


def _inside(value: Any, time_zone: str) -> Any:
    if isinstance(value, datetime):
        return stamp(in_zone(value, time_zone))
    if isinstance(value, Mapping):
        return {name: _inside(each, time_zone) for name, each in value.items()}
    if isinstance(value, list):
        return [_inside(each, time_zone) for each in value]
    return value


def check_order(open_at: datetime | None, close_at: datetime | None) -> None:
    """Raise ``BadSchedule`` unless it opens before it closes."""
    if open_at is not None and close_at is not None and close_at <= open_at:
        raise BadSchedule("Close after opening.")
