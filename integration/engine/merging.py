"""A guest turns out to be somebody known: which of their entries stays (contract.md, section 2)."""

from collections.abc import Iterable
from typing import NamedTuple

from integration.engine.participations import LIVE, ParticipationState

WINNING = "WINNING"


class Entry(NamedTuple):
    """One entry of either; ``current`` is the one that entering again answers with."""

    id: str
    state: ParticipationState
    number: int
    current: bool
    outcome: str | None = None


class Choice(NamedTuple):
    """The entry that is current from now on, and the live ones that end as LEFT."""

    current: str | None
    leaving: list[str]


def choose(entries: Iterable[Entry]) -> Choice:
    """Return what becomes of the entries that one person has in one distribution.

    One live entry stays, the better one: admitted before waiting, a leading bid before
    another, then the lower number. Whoever has completed keeps no place in line beside it,
    but an admission: it may be being paid for. Without a live entry the one stays current
    that was, completed before denied.
    """
    known = sorted(entries, key=_rank)
    live = [each for each in known if each.state in LIVE]
    over = [each for each in known if each.current and each.state not in LIVE]
    best = live[0] if live else None
    served = any(each.state is ParticipationState.COMPLETED for each in over)
    if best is not None and best.state is ParticipationState.QUEUED and served:
        best = None
    current = best or next(iter(over), None)
    return Choice(
        None if current is None else current.id,
        [each.id for each in live if each is not best],
    )


def _rank(entry: Entry) -> tuple[bool, bool, bool, int]:
    return (
        entry.state is not ParticipationState.ADMITTED,
        entry.state is not ParticipationState.COMPLETED,
        entry.outcome != WINNING,
        entry.number,
    )
