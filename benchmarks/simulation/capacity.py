"""How many machines a launch needs, by what a request costs and what the launch asks."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from benchmarks.simulation.tally import Tally

BUSY = 0.6
"""The share of a core that is planned for; the rest is for what nobody planned."""

CORES = 8
"""Of one machine."""


class Cost(NamedTuple):
    """The CPU time of one request in microseconds, of a web process and of the engines."""

    web: float
    engines: float


MEASURED: Mapping[str, Cost] = {
    "line": Cost(19, 0),
    "status": Cost(150, 20),
    "enter": Cost(240, 95),
    "guest": Cost(600, 100),
}
"""By `make bench`; see docs/performance.md for where and when."""

EDGES = 100
"""Places of a content network that each ask for the card once a second."""


class Need(NamedTuple):
    """What a launch takes: cores at its peak, and whole machines of 8."""

    web_cores: float
    engine_cores: float

    @property
    def web_machines(self) -> int:
        """How many machines for web processes."""
        return math.ceil(self.web_cores / CORES)

    @property
    def web_processes(self) -> int:
        """How many web processes, one a core."""
        return math.ceil(self.web_cores)


def need(tally: Tally, costs: Mapping[str, Cost], *, edges: int | None) -> Need:
    """Return what the busiest seconds of all routes need at once.

    ``edges`` is how many places of a content network ask for the card; None is no such
    network, and everybody asks us.
    """
    peaks = {route: tally.load(route).peak for route in costs}
    if edges is not None:
        peaks["line"] = min(peaks["line"], edges)
    web = sum(peaks[route] * cost.web for route, cost in costs.items())
    engines = sum(peaks[route] * cost.engines for route, cost in costs.items())
    return Need(web / 1_000_000 / BUSY, engines / 1_000_000 / BUSY)
