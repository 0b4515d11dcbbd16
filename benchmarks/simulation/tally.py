"""What the origin is asked: by route and second."""

from collections import defaultdict
from collections.abc import Sequence
from statistics import quantiles
from typing import NamedTuple


class Load(NamedTuple):
    """A route's requests: all of them, and those of its busiest second."""

    total: float
    peak: float


class Tally:
    """Counts requests; those of a client that stands for many are spread over its interval."""

    def __init__(self) -> None:
        self._routes: dict[str, defaultdict[int, float]] = {}

    def add(self, route: str, at: float, count: int, spread: float = 0) -> None:
        """Count requests that begin at a time and are spread over so many seconds."""
        seconds = self._routes.setdefault(route, defaultdict(float))
        first, wide = int(at), 1 if count == 1 else max(1, int(spread))
        for second in range(first, first + wide):
            seconds[second] += count / wide

    def load(self, route: str) -> Load:
        """Return what a route was asked."""
        seconds = self._routes.get(route, {})
        return Load(sum(seconds.values()), max(seconds.values(), default=0))

    def between(self, route: str, first: float, last: float) -> float:
        """Return a route's requests a second in a part of the launch, on the average."""
        seconds = self._routes.get(route, {})
        within = sum(count for second, count in seconds.items() if first <= second < last)
        return within / max(1, last - first)


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that this many per cent do not exceed; 0 of nothing."""
    if len(values) < 2:
        return max(values, default=0)
    return quantiles(values, n=100, method="inclusive")[share - 1]
