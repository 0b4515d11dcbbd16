"""How many may be admitted now: by rate, by stock, by how many are at the checkout.

Exact integers throughout: an admission is ``PLACE`` units of credit, and a rate of one
per minute earns one unit per microsecond, so no share of a place is ever lost or made.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

PLACE = 60_000_000
"""The credit that one admission costs."""

MADE_UP = timedelta(seconds=10)
"""The most time that is made up for, so that an outage does not flood a checkout (D10)."""

_MICROSECOND = timedelta(microseconds=1)


class Pace(NamedTuple):
    """The credit left over and when it was counted; belongs in the admissions' transaction."""

    carry: int = PLACE
    at: datetime | None = None


class Limits(NamedTuple):
    """A distribution's bounds; None is unbounded. ``rate`` is admissions per minute."""

    rate: int | None = None
    stock: int | None = None
    units_per_admission: int = 1
    max_active: int | None = None


class Taken(NamedTuple):
    """What is taken already: ``held`` and ``sold`` in units, ``active`` in live admissions."""

    held: int = 0
    sold: int = 0
    active: int = 0


class Due(NamedTuple):
    """How many to admit now, and the pace to keep with them."""

    places: int
    pace: Pace


def due(pace: Pace, limits: Limits, taken: Taken, wanted: int, now: datetime) -> Due:
    """Return how many of the ``wanted`` (waiting, or a batch of them) may be admitted now.

    Credit that finds nobody, or no place, waits: 10 seconds' worth and one admission more.
    """
    free = free_places(limits, taken)
    most = max(0, wanted if free is None else min(wanted, free))
    at = _counted_until(pace, now)
    if limits.rate is None:
        return Due(most, Pace(PLACE, at))
    credit = _credit(pace, limits.rate, at)
    places = min(most, credit // PLACE) if limits.rate > 0 else 0
    return Due(places, Pace(credit - places * PLACE, at))


def free_places(limits: Limits, taken: Taken) -> int | None:
    """Return how many more admissions stock and checkout can take, or None for no bound."""
    bounds = []
    if limits.stock is not None:
        bounds.append((limits.stock - taken.held - taken.sold) // limits.units_per_admission)
    if limits.max_active is not None:
        bounds.append(limits.max_active - taken.active)
    return max(0, min(bounds)) if bounds else None


def sold_out(limits: Limits, taken: Taken) -> bool:
    """Whether the stock allows nobody more and nothing is held that could come back."""
    if limits.stock is None:
        return False
    return taken.held <= 0 and limits.stock - taken.sold < limits.units_per_admission


def _counted_until(pace: Pace, now: datetime) -> datetime:
    """Return the time that this count reaches; never earlier, or some time would count twice.

    A clock set back further than the time that may be made up is followed at once.
    """
    if pace.at is not None and timedelta(0) < pace.at - now <= MADE_UP:
        return pace.at
    return now


def _credit(pace: Pace, rate: int, at: datetime) -> int:
    if pace.at is None:
        return PLACE
    earned = rate * max(0, (at - pace.at) // _MICROSECOND)
    most = rate * (MADE_UP // _MICROSECOND) + PLACE
    return min(pace.carry + earned, most)
