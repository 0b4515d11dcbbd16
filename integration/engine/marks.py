"""The line card's marks: a few pairs from which each number learns its place (design.md, D6)."""

from bisect import bisect_right
from collections.abc import Sequence
from math import inf
from operator import itemgetter

Mark = tuple[int, int]
"""A number, and how many wait before it."""

LIMIT = 64
SAMPLES = 2_048
_EXACT_SAMPLES = 256
_ROUNDS = 10
# Errors weigh by the share of the place they are of, but no more in front of this place.
# D6 allows max(6, 1 %), level up to 600; this is stricter, for near places are counted.
_LEVEL_UP_TO = 200


def sample_ranks(waiting: int) -> list[int]:
    """Return which of those waiting to look at, by rank from 0: all, or at most 2 048.

    The first 256 and then ever wider steps up to the last.
    """
    if waiting <= SAMPLES:
        return list(range(waiting))
    steps = SAMPLES - _EXACT_SAMPLES - 1
    ratio = ((waiting - 1) / _EXACT_SAMPLES) ** (1 / steps)
    ranks = {int(_EXACT_SAMPLES * ratio**step) for step in range(steps)}
    return [*range(_EXACT_SAMPLES), *sorted(ranks), waiting - 1]


def choose_marks(samples: Sequence[Mark], limit: int = LIMIT) -> list[Mark]:
    """Return at most ``limit`` of the samples, so placed that lines between them miss least.

    ``samples`` ascend in both members; the first and last are kept. Where no more than
    ``limit`` were taken all are, and every place is exact.
    """
    if len(samples) <= limit:
        return list(samples)
    best = _walk(samples, 0.0, limit)
    if best is not None:
        return best
    coarse = 1.0
    while (best := _walk(samples, coarse, limit)) is None:
        coarse *= 4
    return _refine(samples, best, coarse, limit)


def interpolate(marks: Sequence[Mark], number: int) -> int:
    """Return how many wait before this number, as a client reads it off the marks.

    After the last mark everybody is taken to wait; before the first, nobody.
    """
    at = bisect_right(marks, number, key=itemgetter(0))
    if at == 0:
        return 0
    low, before = marks[at - 1]
    if at == len(marks):
        return before + number - low
    high, after = marks[at]
    return before + (number - low) * (after - before) // (high - low)


def _refine(samples: Sequence[Mark], best: list[Mark], coarse: float, limit: int) -> list[Mark]:
    fine = coarse / 4 if coarse > 1 else 0.0
    for _ in range(_ROUNDS):
        middle = (fine + coarse) / 2
        found = _walk(samples, middle, limit)
        if found is None:
            fine = middle
        else:
            best, coarse = found, middle
    return best


def _walk(samples: Sequence[Mark], tolerance: float, limit: int) -> list[Mark] | None:
    """Step along the samples, each time as far as a straight line allows."""
    at, marks = 0, [samples[0]]
    while at < len(samples) - 1:
        if len(marks) == limit:
            return None
        at = _reach(samples, at, tolerance)
        marks.append(samples[at])
    return marks


def _reach(samples: Sequence[Mark], start: int, tolerance: float) -> int:
    """Return the farthest sample whose line from ``start`` misses none between too far.

    Each sample passed narrows the cone of slopes that still hold for it.
    """
    first, before = samples[start]
    low, high, reach = -inf, inf, start + 1
    for index in range(start + 1, len(samples)):
        number, rank = samples[index]
        run = number - first
        slope = (rank - before) / run
        if low <= slope <= high:
            reach = index
        slack = tolerance * max(1.0, rank / _LEVEL_UP_TO) / run
        low, high = max(low, slope - slack), min(high, slope + slack)
        if low > high:
            break
    return reach
