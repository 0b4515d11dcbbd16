"""Time as an argument, so that tests can stop it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time as an aware UTC datetime."""

    def now(self) -> datetime:
        """Return the current moment."""
        ...


class SystemClock:
    """The machine's clock; what is due is decided by the database's instead."""

    def now(self) -> datetime:
        """Return the current moment."""
        return datetime.now(UTC)  # noqa: TID251 - this is rt.clock
