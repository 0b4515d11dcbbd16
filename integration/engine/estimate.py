"""How long it may take: from what was seen, as a range, or honestly nothing.

Peers were seen telling place 20 655 a wait of a week; here an estimate rests on the
observed rate, is never better than the planned one, and is bounded.
"""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

MAX_WAIT_SECONDS = 86_400
"""Beyond a day nobody knows; the estimate is absent."""

OBSERVED_OVER = timedelta(minutes=5)
NEAR_POLL_MS = 1_000
FAR_POLL_MS = 30_000
LIMIT_SHARE = 0.6
"""The share of a limit that polling may use up."""

_SHORTEST = timedelta(seconds=5)
_POLLS_PER_WAIT = 20
_WIDEST = 0.5
_TIGHTEST = 0.1
_UNSEEN = 1


class ObservedRate(NamedTuple):
    """Steps per minute, and how many steps were seen: the more, the narrower the range."""

    per_minute: float
    seen: int


class Wait(NamedTuple):
    """An estimate in seconds with the range it may well fall into."""

    seconds: int
    low: int
    high: int


def observed_rate(
    history: Sequence[tuple[datetime, int]], now: datetime, window: timedelta = OBSERVED_OVER
) -> ObservedRate | None:
    """Return how fast a counter rose lately, or None while that tells nothing.

    ``history`` is ascending; a pair says what the counter was from that time on.
    """
    recent = [(at, count) for at, count in history if now - window <= at <= now]
    if not recent or now - recent[0][0] < _SHORTEST:
        return None
    seen = max(0, recent[-1][1] - recent[0][1])
    return ObservedRate(seen * 60 / (now - recent[0][0]).total_seconds(), seen)


def estimate_wait(
    position: int | None,
    rate: ObservedRate | None,
    planned: int | None = None,
    *,
    paused: bool = False,
) -> Wait | None:
    """Return how long until this position's turn, or None where nobody can know.

    ``planned`` is the configured rate per minute: it stands in until something was seen,
    and no estimate is faster than it allows.
    """
    if position is None or paused:
        return None
    rate = _believable(rate, planned)
    if rate is None or rate.per_minute <= 0:
        return None
    seconds = position * 60 / rate.per_minute
    if seconds > MAX_WAIT_SECONDS:
        return None
    spread = min(_WIDEST, max(_TIGHTEST, 1 / math.sqrt(max(_UNSEEN, rate.seen))))
    return Wait(
        math.ceil(seconds),
        math.floor(seconds * (1 - spread)),
        math.ceil(seconds * (1 + spread)),
    )


def poll_after_ms(
    wait: Wait | None, position: int | None, *, pollers: int = 1, limit_per_minute: int = 5_000
) -> int:
    """Return how long a client should wait before it asks for its status again.

    A twentieth of the wait, from 1 to 30 seconds; by the position alone where the wait
    is unknown; longer where all ``pollers`` together would pass 60 % of the limit.
    """
    if wait is not None:
        paced = wait.seconds * 1_000 // _POLLS_PER_WAIT
    else:
        paced = FAR_POLL_MS if position is None else position * 100
    paced = max(NEAR_POLL_MS, min(FAR_POLL_MS, paced))
    return max(paced, fair_interval_ms(pollers, limit_per_minute))


def fair_interval_ms(callers: int, limit_per_minute: int) -> int:
    """Return the interval at which so many callers use 60 % of a limit per minute."""
    return math.ceil(callers * 60_000 / (LIMIT_SHARE * max(1, limit_per_minute)))


def _believable(rate: ObservedRate | None, planned: int | None) -> ObservedRate | None:
    if planned is None:
        return rate
    if rate is None or not rate.seen:
        return ObservedRate(planned, 0)
    return rate._replace(per_minute=min(rate.per_minute, planned))
