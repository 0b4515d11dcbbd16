"""What makes a kind of distribution: when may we choose, and whom (design.md, D7)."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from integration.engine.pacing import Due, Limits, Pace, Taken
from integration.engine.windows import Window


class DistributionType(StrEnum):
    """The kinds by their names on the wire."""

    QUEUE = "queue"
    DRAW = "draw"
    AUCTION = "auction"
    TIMED_RELEASE = "timed_release"
    APPOINTMENT = "appointment"
    WAITLIST = "waitlist"


class ChoiceOrder(StrEnum):
    """Who comes first among those inside; the store knows how to read each order."""

    IN_TURN = "in_turn"
    """The lowest number first: the order of commit."""

    BY_RANK = "by_rank"
    """The lowest rank of the draw first, all at once."""

    BY_BID = "by_bid"
    """The highest bid first, the earlier of two that are equal."""

    AT_ENTRY = "at_entry"
    """Whoever enters, at once; nobody waits."""

    BY_SLOT = "by_slot"
    """Whoever has booked, when the time has come."""

    NOBODY = "nobody"
    """It admits nobody; it only tells."""


class Kind(Protocol):
    """One mechanism; all that follows its choice is shared by every kind."""

    @property
    def name(self) -> DistributionType:
        """The type that its distributions carry."""
        ...

    @property
    def default_admission_seconds(self) -> int:
        """How long an admission lasts where the merchant does not say."""
        ...

    @property
    def order(self) -> ChoiceOrder:
        """Whom to choose first."""
        ...

    def may_choose(self, window: Window, now: datetime) -> bool:
        """Whether anybody may be chosen at this moment."""
        ...

    def places(self, pace: Pace, limits: Limits, taken: Taken, waiting: int, now: datetime) -> Due:
        """Return how many of those waiting to choose now, and the pace to keep."""
        ...


class NotInTurn:
    """A kind whose line is not served one after the other."""

    def places(
        self, pace: Pace, _limits: Limits, _taken: Taken, _waiting: int, _now: datetime
    ) -> Due:
        """Admit nobody for having waited."""
        return Due(0, pace)


def vacant(winners: int, live: int, completed: int, free: int | None) -> int:
    """Return how many of the winners' places nobody has, as far as stock has them free.

    ``live`` admissions may still be used, ``completed`` ones were; ``free`` None is no bound.
    """
    places = max(0, winners - live - completed)
    return places if free is None else min(places, max(0, free))
