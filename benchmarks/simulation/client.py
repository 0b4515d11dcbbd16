"""Somebody in the line: what the service knows of them, and what they do themselves."""

from enum import Enum, auto


class State(Enum):
    """How far somebody has come."""

    WAITING = auto()
    ADMITTED = auto()
    COMPLETED = auto()
    DENIED = auto()
    EXPIRED = auto()
    LEFT = auto()


class Client:
    """One simulated client, or many people with consecutive numbers up to ``number``."""

    __slots__ = (
        "admitted_at",
        "away_since",
        "back",
        "came_at",
        "last_sign",
        "number",
        "passed",
        "returned",
        "sign_at",
        "state",
        "told_at",
    )

    def __init__(self, came_at: float, number: int) -> None:
        self.came_at = came_at
        self.number = number
        self.state = State.WAITING
        self.last_sign: float | None = None
        self.admitted_at: float | None = None
        self.told_at: float | None = None
        self.away_since: float | None = None
        """Since when the page is closed."""
        self.returned = came_at
        """Since when the page is open."""
        self.passed = False
        """Passed over, and not back since."""
        self.back = False
        """Was passed over, and came back: before everybody else."""
        self.sign_at: float | None = None
        """When the next sign of life is to be shown."""
