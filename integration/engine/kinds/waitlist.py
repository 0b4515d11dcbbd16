"""The waitlist: who wants to be told when a sequence opens; never a place, never access."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum

from integration.engine.kinds.base import ChoiceOrder, DistributionType, NotInTurn
from integration.engine.windows import Window, WindowStatus


class WaitlistState(StrEnum):
    """Where one who wants to be told stands."""

    WAITLISTED = "waitlisted"
    NOTIFIED = "notified"
    LEFT = "left"


WAITLIST_SOURCES: Mapping[WaitlistState, frozenset[WaitlistState]] = {
    # Whoever left may come again.
    WaitlistState.WAITLISTED: frozenset({WaitlistState.LEFT}),
    WaitlistState.NOTIFIED: frozenset({WaitlistState.WAITLISTED, WaitlistState.LEFT}),
    WaitlistState.LEFT: frozenset({WaitlistState.WAITLISTED}),
}
"""Each state, and the states it may be reached from."""


class Waitlist(NotInTurn):
    """Admits nobody."""

    name = DistributionType.WAITLIST
    default_admission_seconds = 900
    order = ChoiceOrder.NOBODY

    def may_choose(self, _window: Window, _now: datetime) -> bool:
        """Nobody, ever."""
        return False


def sequence_open(windows: Iterable[Window], now: datetime) -> bool:
    """Whether a sequence is open: one of its other distributions is."""
    return any(window.status(now) is WindowStatus.OPEN for window in windows)


def joined(state: WaitlistState | None, *, is_open: bool) -> WaitlistState:
    """Return where one stands who joins, from where they stood (None: nowhere).

    Joining what is open already tells at once; who was told stays told.
    """
    if is_open or state is WaitlistState.NOTIFIED:
        return WaitlistState.NOTIFIED
    return WaitlistState.WAITLISTED
