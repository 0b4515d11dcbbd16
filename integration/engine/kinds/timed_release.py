"""The timed release: whoever comes while there is some gets it at once."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from integration.engine.entering import Closed, Full, NotOpenYet, SoldOut
from integration.engine.kinds.base import ChoiceOrder, DistributionType, NotInTurn
from integration.engine.pacing import Limits, Taken, free_places, sold_out
from integration.engine.windows import Window, WindowStatus


class Wave(NamedTuple):
    """So many units more that may be had from this moment on."""

    at: datetime
    quantity: int


class Mine(NamedTuple):
    """What one consumer has had of a release: live and completed admissions."""

    live: int = 0
    completed: int = 0


NOTHING_YET = Mine()


class Verdict(StrEnum):
    """What entering does."""

    ADMIT = "admit"
    KEEP = "keep"
    """Answer with the consumer's latest entry as it stands."""


class TimedRelease(NotInTurn):
    """Admits at the door; nobody waits inside."""

    name = DistributionType.TIMED_RELEASE
    default_admission_seconds = 900
    order = ChoiceOrder.AT_ENTRY

    def may_choose(self, window: Window, now: datetime) -> bool:
        """Admit only while the release is open."""
        return window.status(now) is WindowStatus.OPEN


def released(waves: Sequence[Wave], stock: int | None, now: datetime) -> int | None:
    """Return the units that may be had by now, or None without bound; no waves: the stock."""
    if not waves:
        return stock
    out = sum(wave.quantity for wave in waves if wave.at <= now)
    return out if stock is None else min(out, stock)


def next_wave(waves: Sequence[Wave], now: datetime) -> datetime | None:
    """Return when more is released, or None if that was all."""
    return min((wave.at for wave in waves if wave.at > now), default=None)


def decide(
    window: Window,
    limits: Limits,
    taken: Taken,
    now: datetime,
    *,
    waves: Sequence[Wave] = (),
    mine: Mine = NOTHING_YET,
    per_consumer_limit: int = 1,
    capacity_left: int | None = None,
) -> Verdict:
    """Return what entering does now; the caller holds the line's lock.

    ``capacity_left`` is what ``maxCapacity`` leaves, None without one. Raises
    ``NotOpenYet``, ``Closed``, ``Full`` (with the time to the next wave) and ``SoldOut``.
    """
    if mine.live or mine.completed >= per_consumer_limit:
        return Verdict.KEEP
    _check_window(window, now)
    if capacity_left is not None and capacity_left <= 0:
        raise Full(TimedRelease.name)
    bounds = limits._replace(stock=released(waves, limits.stock, now))
    if free_places(bounds, taken) == 0:
        _refuse(bounds, taken, next_wave(waves, now), now)
    return Verdict.ADMIT


def _check_window(window: Window, now: datetime) -> None:
    status = window.status(now)
    if status is WindowStatus.PENDING and window.open_at is not None:
        raise NotOpenYet(TimedRelease.name, window.open_at, now)
    if status is WindowStatus.CLOSED:
        raise Closed(TimedRelease.name)
    if status is not WindowStatus.OPEN:
        # Paused: there are no places for the moment.
        raise Full(TimedRelease.name)


def _refuse(bounds: Limits, taken: Taken, wave: datetime | None, now: datetime) -> None:
    if wave is None and sold_out(bounds, taken):
        raise SoldOut
    full = Full(TimedRelease.name)
    if wave is not None:
        full.retry_after = max(1, ceil((wave - now).total_seconds()))
    raise full
