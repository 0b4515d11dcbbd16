"""The draw: everybody who entered in time, in an order that nobody could choose."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import NamedTuple

from integration.engine.kinds.base import ChoiceOrder, DistributionType, NotInTurn, vacant
from integration.engine.ranking import MAX_TICKETS
from integration.engine.windows import Window, WindowStatus, reached


class DrawStatus(StrEnum):
    """What consumers are told of a draw."""

    PENDING = "PENDING"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    DRAWN = "DRAWN"


class TicketRule(NamedTuple):
    """Which field of a consumer's metadata says how many tickets they hold, up to ``max``."""

    field: str
    max: int


class DrawRules(NamedTuple):
    """A draw's own fields.

    ``continue_selecting``: a winner who does not complete is replaced by the next backup,
    until ``winner_count`` have completed. Without it backups wait for the merchant.
    """

    draw_at: datetime
    winner_count: int
    backup_count: int = 0
    continue_selecting: bool = False
    tickets: TicketRule | None = None


class Draw(NotInTurn):
    """Chooses once, after closing."""

    name = DistributionType.DRAW
    default_admission_seconds = 86_400
    order = ChoiceOrder.BY_RANK

    def may_choose(self, window: Window, now: datetime) -> bool:
        """Wait until entries have ended, so that coming early wins nothing."""
        return window.serves(now) and reached(window.close_at, now)


def may_draw(
    window: Window, rules: DrawRules, now: datetime, *, lacks_beacon: bool, by_hand: bool = False
) -> bool:
    """Whether to draw now.

    ``lacks_beacon``: the terms name a round that nobody has given yet. A merchant who
    draws ``by_hand`` need not wait for ``draw_at``, but for closing and for the beacon.
    """
    due = by_hand or now >= rules.draw_at
    return due and not lacks_beacon and Draw().may_choose(window, now)


def draw_status(window: Window, now: datetime, *, drawn: bool) -> DrawStatus:
    """Return how a draw stands; a paused one still takes entries."""
    if drawn:
        return DrawStatus.DRAWN
    status = window.status(now)
    return DrawStatus.OPEN if status is WindowStatus.PAUSED else DrawStatus(status.value)


def tickets_of(rule: TicketRule | None, metadata: Mapping[str, object]) -> int:
    """Return how many tickets a consumer holds: from 1 to the rule's most.

    Read at closing, for all at once. What is no number of at least 1 counts as 1.
    """
    if rule is None:
        return 1
    most = min(rule.max, MAX_TICKETS)
    return _between(1, most, metadata.get(rule.field))


def replacements(rules: DrawRules, *, live: int, completed: int, free: int | None) -> int:
    """Return how many of the next backups to admit now, in rank order.

    ``live`` and ``completed`` count the draw's admissions; ``free`` is what stock allows,
    None without bound.
    """
    if not rules.continue_selecting:
        return 0
    return vacant(rules.winner_count, live, completed, free)


def backups_lost(rules: DrawRules, *, live: int, completed: int, free: int | None) -> bool:
    """Whether the backups have lost: no winner is left who could still expire."""
    return live == 0 and replacements(rules, live=live, completed=completed, free=free) == 0


def _between(least: int, most: int, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return least
    try:
        number = Decimal(str(value))
        # Bounds first: an int of 1e999999999 would not fit into memory.
        return int(max(Decimal(least), min(Decimal(most), number)))
    except (InvalidOperation, ValueError):
        # Text that is no number, and NaN.
        return least
