"""What a process knows by heart, kept fresh by time (design.md, D13)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")

MOST_UNKNOWN = 4096


class Facts(Generic[V]):
    """A cache of rows that every request needs and that seldom change.

    ``load`` finds one by its key; ``changes`` yields those changed since a moment, with
    None for what is gone. Unknown keys are remembered until the next refresh only.
    """

    def __init__(
        self,
        load: Callable[[str], V | None],
        changes: Callable[[datetime], Iterable[tuple[str, V | None]]],
    ) -> None:
        self._load = load
        self._changes = changes
        self._known: dict[str, V] = {}
        self._unknown: set[str] = set()
        self._generation = 0
        self._lock = Lock()

    def get(self, key: str) -> V | None:
        """Return the fact, from memory where it is there."""
        known = self._known.get(key)
        if known is not None or key in self._unknown:
            return known
        return self._learn(key)

    def at_hand(self, key: str) -> V | None:
        """Return the fact if it is in memory; asks nobody."""
        return self._known.get(key)

    def forget(self, key: str) -> None:
        """Read this one again when it is next asked for."""
        with self._lock:
            self._generation += 1
            self._known.pop(key, None)
            self._unknown.discard(key)

    def refresh(self, since: datetime) -> None:
        """Take over what changed since ``since``, of what is known here."""
        with self._lock:
            self._generation += 1
            self._unknown.clear()
        for key, value in self._changes(since):
            if key in self._known:
                self._replace(key, value)

    def _learn(self, key: str) -> V | None:
        generation = self._generation
        value = self._load(key)
        with self._lock:
            # What was read before a change must not outlive it.
            if generation != self._generation:
                return value
            if value is not None:
                self._known[key] = value
            elif len(self._unknown) < MOST_UNKNOWN:
                self._unknown.add(key)
        return value

    def _replace(self, key: str, value: V | None) -> None:
        with self._lock:
            if value is None:
                self._known.pop(key, None)
            else:
                self._known[key] = value
