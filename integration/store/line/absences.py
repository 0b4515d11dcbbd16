"""Who is away, by the signs of life in Valkey (design.md, D6)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic
from typing import NamedTuple

from integration.engine.presence import passed_over
from integration.store.line.epochs import BEGINNING, CHUNK, Epochs, keys
from integration.store.valkey import ValkeyAway


class Covered(NamedTuple):
    """Somebody whose turn has come."""

    consumer_id: str
    ticket: int


def absent(
    epochs: Epochs, distribution_id: str, turn: Sequence[Covered], absence_seconds: int
) -> set[str]:
    """Return which of these are to be passed over: long asked for signs of life, and silent.

    Nobody where signs may have been lost with Valkey in that time.
    """
    if absence_seconds <= 0:
        return set()
    away: set[str] = set()
    for start in range(0, len(turn), CHUNK):
        away |= _absent(epochs, distribution_id, turn[start : start + CHUNK], absence_seconds)
    return away


def _absent(
    epochs: Epochs, distribution_id: str, turn: Sequence[Covered], absence_seconds: int
) -> set[str]:
    names = keys(distribution_id, "presence", "cover", "signs")
    asked = [part for each in turn for part in each]
    try:
        known = epochs.valkey.script("silent", names, asked)
    except ValkeyAway:
        epochs.lost_at = monotonic()
        return set()
    if not known:
        return set()
    now, every_ms, *moments = known
    lost_at = None if epochs.lost_at is None else monotonic() - epochs.lost_at
    return {
        each.consumer_id
        for each, since, sign in zip(turn, moments[::2], moments[1::2], strict=True)
        if passed_over(
            covered_since=_time(since),
            last_sign=_time(sign),
            now=BEGINNING + timedelta(milliseconds=now),
            absence_seconds=absence_seconds,
            every_ms=every_ms,
            store_lost_at=None if lost_at is None else _time(now - int(lost_at * 1_000)),
        )
    }


def _time(stamp: int) -> datetime | None:
    return BEGINNING + timedelta(milliseconds=stamp) if stamp else None
