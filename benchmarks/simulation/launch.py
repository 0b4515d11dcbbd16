"""A launch: how many come, how fast, how they behave, and what the queue allows."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import NamedTuple

OPENING = datetime(2026, 1, 1, 10, tzinfo=UTC)
TEN_SECONDS_OF_A_MINUTE = 6


class Launch(NamedTuple):
    """What is simulated; the same launch is always the same run.

    ``people`` arrive from opening on, most of them at once, the last after ``over_seconds``.
    ``away`` is the share that closes the page at some time; half of these come back. At most
    ``clients`` are simulated: each stands for as many people who arrive together.
    """

    people: int
    per_minute: int
    over_seconds: int = 120
    stock: int | None = None
    status_limit: int = 100_000
    absence_seconds: int = 180
    away: float = 0.1
    checkout_seconds: float = 90
    completes: float = 0.9
    clients: int = 4_000
    seed: int = 1

    @property
    def weight(self) -> int:
        """How many people a client stands for: never more than are admitted in ten seconds."""
        fewest = -(-self.people // self.clients)
        return max(1, min(fewest, self.per_minute // TEN_SECONDS_OF_A_MINUTE))

    def arrivals(self, random: Random) -> list[float]:
        """Return when each client comes, in seconds from opening on, in order.

        The rush falls evenly from the first second to the last: half have come after three
        tenths of the time.
        """
        count = -(-self.people // self.weight)
        shares = ((client + random.random()) / count for client in range(count))
        return [self.over_seconds * (1 - (1 - share) ** 0.5) for share in shares]


def moment(seconds: float) -> datetime:
    """Return a time of the simulated clock as the engine's rules take it."""
    return OPENING + timedelta(seconds=seconds)
