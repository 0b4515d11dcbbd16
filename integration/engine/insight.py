"""What is counted of a launch, in which steps of time, and what follows from the counts."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Measure(StrEnum):
    """What one count is of; ``label`` beside it is a class, a code or a currency."""

    ROUTED = "routed"
    GATED = "gated"
    NO_ACCESS = "no_access"
    ENTERED = "entered"
    ADMITTED = "admitted"
    CHECKED_OUT = "checked_out"
    COMPLETED = "completed"
    EXPIRED = "expired"
    DENIED = "denied"
    LEFT = "left"
    REFUSED = "refused"
    WAIT = "wait"
    CHECKOUT_TIME = "checkout_time"
    AGREEING = "agreeing"
    DISAGREEING = "disagreeing"
    REVENUE = "revenue"
    REFUNDED = "refunded"
    ORDERS = "orders"


FUNNEL = tuple(Measure)[: tuple(Measure).index(Measure.REFUSED)]
"""The steps of a launch, from the way in to the way out."""

LIMITS = frozenset({"RATE_LIMITED", "FULL", "FINGERPRINT_LIMIT"})
"""Refusals because of how many come."""

GATES = frozenset({"NOT_ROUTED", "FINGERPRINT_REQUIRED"})
"""Refusals because of who comes."""

REFUSALS = (
    LIMITS | GATES | {"SOLD_OUT", "CLOSED", "NOT_OPEN_YET", "SLOT_TAKEN", "FINGERPRINT_MISMATCH"}
)
"""Every code by which somebody who wanted to enter was told no."""

MINUTE, HOUR, DAY = 60, 3_600, 86_400
EVER = 0
"""The step of time that holds everything that was ever counted."""

GRAINS = (MINUTE, HOUR, EVER)
"""The steps in which counts are kept."""

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Interval(StrEnum):
    """The steps of a series."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"

    @property
    def seconds(self) -> int:
        """How long one is."""
        return {Interval.MINUTE: MINUTE, Interval.HOUR: HOUR, Interval.DAY: DAY}[self]


class Segment(NamedTuple):
    """A stretch of time, ``until`` excluded, that is read in steps of ``grain`` seconds."""

    grain: int
    since: datetime
    until: datetime


class Period(NamedTuple):
    """A stretch of time in whole intervals, ``until`` excluded."""

    since: datetime
    until: datetime
    interval: Interval

    @property
    def steps(self) -> int:
        """How many intervals it has."""
        return int((self.until - self.since).total_seconds()) // self.interval.seconds

    def moments(self) -> list[datetime]:
        """Return when its intervals begin."""
        step = timedelta(seconds=self.interval.seconds)
        return [self.since + place * step for place in range(self.steps)]

    def segments(self) -> list[Segment]:
        """Return what to read for its sums: hours in the middle, minutes at the ends."""
        first, last = ceiling(self.since, HOUR), floor(self.until, HOUR)
        if first >= last:
            return [Segment(MINUTE, self.since, self.until)]
        found = [
            Segment(MINUTE, self.since, first),
            Segment(HOUR, first, last),
            Segment(MINUTE, last, self.until),
        ]
        return [each for each in found if each.since < each.until]


def floor(moment: datetime, seconds: int) -> datetime:
    """Return the last beginning of a step, in UTC; everything is one step of ``EVER``."""
    if seconds == EVER:
        return BEGINNING
    since = moment - BEGINNING
    return BEGINNING + since // timedelta(seconds=seconds) * timedelta(seconds=seconds)


def ceiling(moment: datetime, seconds: int) -> datetime:
    """Return the next beginning of a step, or the moment itself where it is one."""
    return (
        -(-(moment - BEGINNING) // timedelta(seconds=seconds)) * timedelta(seconds=seconds)
        + BEGINNING
    )


def period(since: datetime, until: datetime, interval: Interval | None) -> Period:
    """Return a stretch of time widened to whole intervals; by default the finest that suits."""
    span = until - since
    if interval is None:
        days = span / timedelta(days=1)
        interval = (
            Interval.MINUTE
            if days <= 1
            else Interval.HOUR
            if days <= MOST_HOURS_DAYS
            else Interval.DAY
        )
    return Period(floor(since, interval.seconds), ceiling(until, interval.seconds), interval)


MOST_HOURS_DAYS = 62
MOST_STEPS = 1_500
"""The most points of one series: a day of minutes, two months of hours, four years of days."""


def share(part: int, whole: int) -> float | None:
    """Return a share from 0 to 1; None of nothing."""
    return round(part / whole, 6) if whole else None


def refused_shares(entered: int, codes: Mapping[str, int]) -> tuple[float | None, float | None]:
    """Return which share of all who tried to enter limits refused, and which share gates."""
    tried = entered + sum(codes.values())
    limits = sum(count for code, count in codes.items() if code in LIMITS)
    gates = sum(count for code, count in codes.items() if code in GATES)
    return share(limits, tried), share(gates, tried)
