"""Durations counted in classes that grow by a fiftieth: quantiles from counts that add up.

The classes are those of DDSketch (Masson, Rim, Lee: VLDB 2019): class ``i`` holds
``(G**(i-1), G**i]`` milliseconds, and is told as the one value that is within ``ERROR`` of
all of them.
"""

from collections.abc import Mapping
from math import ceil, log

ERROR = 0.01
"""How far a quantile may be from the exact one of the same rank, as a share of it."""

_GROWTH = (1 + ERROR) / (1 - ERROR)
_LOG = log(_GROWTH)


def class_of(milliseconds: float) -> int:
    """Return the class that counts a duration; up to a millisecond it is the first."""
    return 0 if milliseconds <= 1 else ceil(log(milliseconds) / _LOG)


def middle(number: int) -> float:
    """Return the milliseconds that stand for all of a class."""
    return float(2 * _GROWTH**number / (_GROWTH + 1))


def quantile(counts: Mapping[int, int], share: float) -> float | None:
    """Return the milliseconds that ``share`` of all do not exceed, by nearest rank.

    None where nothing was counted.
    """
    rank = ceil(share * sum(counts.values()))
    for number in sorted(counts):
        rank -= counts[number]
        if counts[number] and rank <= 0:
            return middle(number)
    return None
