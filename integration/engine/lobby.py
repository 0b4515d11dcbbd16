"""An opening lobby: its numbers are dealt at opening, shuffled or in order (design.md, D9).

A row keeps the number that it came with. What people are told is its ticket: the shuffle's
place for whoever came in the lobby, the number itself for latecomers.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from integration.engine.shuffle import shuffled, unshuffled


class Deal(NamedTuple):
    """How the numbers were dealt: the first ``size`` of them shuffled, by this seed."""

    seed: bytes
    size: int

    def ticket(self, number: int) -> int:
        """Return what the one who came as ``number`` holds."""
        return shuffled(self.seed, self.size, number) if number <= self.size else number

    def number(self, ticket: int) -> int:
        """Return who holds this ticket, by number of coming."""
        return unshuffled(self.seed, self.size, ticket) if ticket <= self.size else ticket


IN_ORDER = Deal(b"", 0)
"""Everybody holds the number that they came with."""


def opens_at(rules: Mapping[str, Any]) -> datetime | None:
    """Return when the lobby of a queue with these rules opens, if it has one."""
    known = rules.get("lobbyOpensAt")
    return None if known is None else datetime.fromisoformat(known)
