"""Who is asked for signs of life, and who is passed over for lack of them (design.md, D6)."""

import math
from datetime import datetime, timedelta
from typing import NamedTuple

from integration.engine.estimate import fair_interval_ms

RETURN_WITHIN = timedelta(minutes=15)
"""How long somebody passed over is kept, to be admitted next on return."""

AT_LEAST = 100
EVERY_MS = 15_000
_AHEAD = 2
_CHANCES = 3


class Presence(NamedTuple):
    """Numbers up to ``up_to`` show a sign of life every ``every_ms``."""

    up_to: int
    every_ms: int


def presence_window(
    *,
    serving: int,
    tail: int,
    numbers_per_minute: float | None,
    absence_seconds: int,
    limit_per_minute: int = 5_000,
) -> Presence:
    """Return who has to show signs of life: those to be served within twice the absence.

    At least 100 numbers; an interval that keeps all of them under 60 % of the status
    limit. Where absence is off (0) it is nobody.
    """
    if absence_seconds <= 0:
        return Presence(serving, EVERY_MS)
    soon = math.ceil((numbers_per_minute or 0) * absence_seconds * _AHEAD / 60)
    up_to = max(serving, min(tail, serving + max(AT_LEAST, soon)))
    every = min(EVERY_MS, absence_seconds * 1_000 // _CHANCES)
    return Presence(up_to, max(every, fair_interval_ms(up_to - serving, limit_per_minute)))


def passed_over(
    *,
    covered_since: datetime | None,
    last_sign: datetime | None,
    now: datetime,
    absence_seconds: int,
    every_ms: int,
    store_lost_at: datetime | None = None,
) -> bool:
    """Whether somebody whose turn has come is away: covered long enough, and silent.

    Never where absence is off, and never soon after signs were lost with Valkey. Long
    enough is the absence, or three of the intervals in use where those are longer.
    """
    if absence_seconds <= 0 or covered_since is None:
        return False
    allowed = max(timedelta(seconds=absence_seconds), _CHANCES * timedelta(milliseconds=every_ms))
    heard = [moment for moment in (covered_since, last_sign, store_lost_at) if moment]
    return now - max(heard) >= allowed
