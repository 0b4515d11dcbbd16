"""What the demo launches: one experience a mechanism, each open for as long as anybody tries."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, NamedTuple

OPEN_FOR = timedelta(days=365)
SHARED = {"maxEntriesPerFingerprint": 1_000}


class Launch(NamedTuple):
    """An experience of the demo; ``body`` makes its distribution, posted to ``path``."""

    name: str
    notice: str
    path: str
    body: Callable[[datetime], dict[str, Any]]


def _queue(_now: datetime) -> dict[str, Any]:
    """Return a queue with more stock than pairs, so that it is still open after many tries."""
    return SHARED | {
        "name": "The line",
        "admissionRate": 600,
        "admissionExpirationSeconds": 900,
        "inventoryBound": True,
        "stock": 100_000,
    }


def _draw(now: datetime) -> dict[str, Any]:
    return SHARED | {
        "name": "Fifty pairs",
        "winnerCount": 50,
        "backupCount": 50,
        "continueSelectingUntilCompleted": True,
        "drawAt": (now + OPEN_FOR).isoformat(),
    }


def _auction(now: datetime) -> dict[str, Any]:
    return SHARED | {
        "name": "The first three pairs",
        "startingPrice": "200.00",
        "minimumBidIncrement": "5.00",
        "currencyCode": "USD",
        "winnerCount": 3,
        "autoExtendSeconds": 120,
        "settleAt": (now + OPEN_FOR).isoformat(),
    }


def _timed_release(_now: datetime) -> dict[str, Any]:
    return SHARED | {
        "name": "First come, first served",
        "inventoryBound": True,
        "stock": 100_000,
        "perConsumerLimit": 2,
    }


def _appointment(_now: datetime) -> dict[str, Any]:
    hours = {"from": "09:00", "to": "18:00"}
    return SHARED | {
        "name": "Try them on",
        "slotDurationMinutes": 30,
        "maxCapacityPerSlot": 20,
        "locations": [{"name": "Main street"}, {"name": "Harbour"}],
        "weeklyHours": [{"weekday": weekday, **hours} for weekday in range(7)],
        "admitAtStart": True,
    }


def _waitlist(_now: datetime) -> dict[str, Any]:
    return {"name": "Tell me when they are back"}


LAUNCHES: Mapping[str, Launch] = MappingProxyType(
    {
        "queue": Launch("Sneaker launch", "One pair each. 199.99 USD.", "queues", _queue),
        "draw": Launch(
            "Sneaker draw",
            "Fifty pairs for fifty winners; anybody can check the drawing.",
            "draws",
            _draw,
        ),
        "auction": Launch(
            "Sneaker auction",
            "The first three pairs go to the highest bids. Bids start at 200.00 USD.",
            "auctions",
            _auction,
        ),
        "timedRelease": Launch(
            "Sneaker drop",
            "Two pairs each, while there are some.",
            "timed-releases",
            _timed_release,
        ),
        "appointment": Launch(
            "Sneaker fitting",
            "Half an hour of your own in one of our shops.",
            "appointments",
            _appointment,
        ),
        "waitlist": Launch(
            "Sneaker restock", "We tell you once there are pairs again.", "waitlists", _waitlist
        ),
    }
)
"""The demo's experiences, by their names in demo.json."""
