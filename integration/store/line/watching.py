"""How groups of callers fare: how many come together, and how long a group takes."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from types import MappingProxyType

from integration.store.tally import Tally

Watch = Callable[[int, float], None]
"""Told of every group: how many it answered, in how many seconds."""

BOUNDS: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "batch_size": (1, 2, 4, 8, 16, 32, 64, 128, 256),
        "batch_seconds": (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.5),
    }
)
"""The histograms that are kept of them; what was more is in one class more."""


def watch(tally: Tally, what: str) -> Watch:
    """Return what adds the groups of one kind to the histograms, without a round trip."""

    def told(size: int, seconds: float) -> None:
        tally.note(
            *(
                each
                for name, value in (("batch_size", size), ("batch_seconds", seconds))
                for each in (
                    (f"histogram:{name}:what={what}:{bisect_left(BOUNDS[name], value)}", 1),
                    (f"total:{name}:what={what}", value),
                )
            )
        )

    return told


def nobody(_size: int, _seconds: float) -> None:
    """Watch nothing."""
