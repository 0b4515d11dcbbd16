"""Line cards at hand: built at most once a second and queue, by one process for all (D6)."""

from collections.abc import Mapping
from threading import Lock
from time import monotonic
from types import MappingProxyType

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from integration.engine.estimate import ObservedRate
from integration.engine.lobby import Deal
from integration.kernel.errors import ServiceUnavailable
from integration.store.line.card_builder import Card, build, card_of
from integration.store.line.epochs import keys
from integration.store.valkey import Valkey, ValkeyAway

__all__ = ["Card", "CardCache"]

HELD_SECONDS = 0.5
BUILD_EVERY_MS = 1_000
KEPT_SECONDS = 3_600
MOST_QUEUES = 1_024
FIRST_CARD_SECONDS = 1.0


class _Slot:
    """One queue's card in this process, and when to look for a newer one."""

    __slots__ = ("busy", "card", "due")

    def __init__(self) -> None:
        self.busy = Lock()
        self.card: Card | None = None
        self.due = 0.0


class CardCache:
    """Serves cards from memory; one thread at a time looks for a newer one.

    While the database is away the last card is served, however old: its ``serverTime``
    says so. ``limits`` are those of an organization that has set none.
    """

    def __init__(
        self, engine: Engine, valkey: Valkey, limits: Mapping[str, int] = MappingProxyType({})
    ) -> None:
        self._engine = engine
        self._valkey = valkey
        self._limits = limits
        self._slots: dict[str, _Slot] = {}

    def get(self, distribution_id: str) -> Card | None:
        """Return a queue's card, or None where there is no such queue for consumers.

        Raises ``ServiceUnavailable`` when there is none and the database is away.
        """
        slot = self._slots.get(distribution_id) or self._slot(distribution_id)
        card = slot.card
        if card is not None and monotonic() < slot.due:
            return card
        if not slot.busy.acquire(timeout=FIRST_CARD_SECONDS if card is None else 0):
            return self._last(slot, None)
        try:
            if slot.card is None or monotonic() >= slot.due:
                self._refresh(slot, distribution_id)
        except SQLAlchemyError as error:
            return self._last(slot, error)
        finally:
            slot.busy.release()
        return slot.card

    def _slot(self, distribution_id: str) -> _Slot:
        while len(self._slots) >= MOST_QUEUES:
            self._slots.pop(next(iter(self._slots)), None)
        return self._slots.setdefault(distribution_id, _Slot())

    def _last(self, slot: _Slot, error: Exception | None) -> Card:
        slot.due = monotonic() + HELD_SECONDS
        if slot.card is None:
            raise ServiceUnavailable from error
        return slot.card

    def _refresh(self, slot: _Slot, distribution_id: str) -> None:
        mine, held = self._look(distribution_id)
        newest = max(filter(None, (slot.card, held)), key=lambda card: card.version, default=None)
        slot.card = slot.card if newest is None else newest
        if mine or held is None:
            version = 0 if newest is None else newest.version
            slot.card = self._build(distribution_id, version)
        if slot.card is None:
            self._slots.pop(distribution_id, None)
        slot.due = monotonic() + HELD_SECONDS

    def _look(self, distribution_id: str) -> tuple[bool, Card | None]:
        """Return whether to build, and the card that all processes share."""
        names = keys(distribution_id, "card", "building")
        try:
            mine, version, body, *rest = self._valkey.script("card", names, [BUILD_EVERY_MS])
        except ValkeyAway:
            return True, None
        if not version:
            return bool(mine), None
        return bool(mine), card_of(body, int(version), *_read(*rest))

    def _build(self, distribution_id: str, after: int) -> Card | None:
        with self._engine.connect() as connection:
            card = build(connection, self._valkey, distribution_id, after, limits=self._limits)
        if card is not None:
            self._share(distribution_id, card)
        return card

    def _share(self, distribution_id: str, card: Card) -> None:
        rate = ("", "") if card.rate is None else (repr(card.rate.per_minute), card.rate.seen)
        deal = ("", "") if card.deal is None else card.deal
        names = keys(distribution_id, "card", "presence", "cover", "signs")
        shown = [KEPT_SECONDS, card.version, card.body, *rate, *deal, *card.cover]
        try:
            self._valkey.script("show", names, shown)
        except ValkeyAway:
            return


def _read(
    per_minute: bytes, seen: bytes, seed: bytes, size: bytes
) -> tuple[ObservedRate | None, Deal | None]:
    rate = ObservedRate(float(per_minute), int(seen)) if seen else None
    return rate, Deal(seed, int(size)) if size else None
