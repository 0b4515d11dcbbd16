"""When a distribution and an experience are open: derived from times, never stored."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo


class UnknownTimeZone(ValueError):
    """The name is not in the IANA time zone database."""


class DistributionState(StrEnum):
    """The merchant's standing order; opening and closing move the times instead."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class WindowStatus(StrEnum):
    """What consumers are told of a distribution."""

    PENDING = "PENDING"
    OPEN = "OPEN"
    PAUSED = "PAUSED"
    CLOSED = "CLOSED"


class ExperienceStatus(StrEnum):
    """What merchants are told of an experience."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    ARCHIVED = "archived"


class Window(NamedTuple):
    """A published distribution's times; None is open at once, or until it is closed."""

    state: DistributionState
    open_at: datetime | None = None
    close_at: datetime | None = None
    lobby_opens_at: datetime | None = None

    def status(self, now: datetime) -> WindowStatus:
        """Return how the distribution stands at this moment."""
        if self.state == DistributionState.ENDED or reached(self.close_at, now):
            return WindowStatus.CLOSED
        if not self.opened(now):
            return WindowStatus.PENDING
        if self.state == DistributionState.PAUSED:
            return WindowStatus.PAUSED
        return WindowStatus.OPEN

    def opened(self, now: datetime) -> bool:
        """Whether opening time has come, whatever happened since."""
        return self.open_at is None or now >= self.open_at

    def takes_entries(self, now: datetime) -> bool:
        """Whether one may enter: while open or paused, and in the lobby before."""
        if self.status(now) == WindowStatus.PENDING:
            return reached(self.lobby_opens_at, now)
        return self.status(now) != WindowStatus.CLOSED

    def serves(self, now: datetime) -> bool:
        """Whether those inside may be admitted: from opening on, after closing too."""
        return self.state == DistributionState.ACTIVE and self.opened(now)


def experience_status(
    *,
    published_at: datetime | None,
    ended_at: datetime | None,
    archived_at: datetime | None,
    open_at: datetime | None,
    close_at: datetime | None,
    windows: Iterable[Window],
    now: datetime,
) -> ExperienceStatus:
    """Derive an experience's status from its times and its distributions' windows.

    It is active while one of them is open, paused while all that are not closed or to
    come are paused, and ended once all are closed.
    """
    if archived_at is not None:
        return ExperienceStatus.ARCHIVED
    if published_at is None:
        return ExperienceStatus.DRAFT
    if ended_at is not None or reached(close_at, now):
        return ExperienceStatus.ENDED
    if open_at is not None and now < open_at:
        return ExperienceStatus.SCHEDULED
    return _combined({window.status(now) for window in windows})


def check_zone(name: str) -> ZoneInfo:
    """Return the IANA zone of this name; raises ``UnknownTimeZone``."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        # Folders, paths and odd characters each fail in their own way.
        raise UnknownTimeZone("Use an IANA time zone, such as Europe/Berlin.") from None


def in_zone(moment: datetime, time_zone: str) -> datetime:
    """Return the moment in UTC, reading a naive one in this zone.

    Where clocks go forward, a time that does not exist is read as if they had not yet
    (02:30 becomes 03:30); where they go back, the first of the two is meant (RFC 5545).
    """
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=check_zone(time_zone), fold=0)
    return moment.astimezone(UTC)


def reached(moment: datetime | None, now: datetime) -> bool:
    """Whether there is such a moment and it has come."""
    return moment is not None and now >= moment


def _combined(statuses: set[WindowStatus]) -> ExperienceStatus:
    if WindowStatus.OPEN in statuses or not statuses:
        return ExperienceStatus.ACTIVE
    if WindowStatus.PAUSED in statuses:
        return ExperienceStatus.PAUSED
    if WindowStatus.PENDING in statuses:
        return ExperienceStatus.SCHEDULED
    return ExperienceStatus.ENDED
