"""What the clock does for the lines in Valkey: fills holes, ends fences, rebuilds (D5).

The record is read in short transactions, each after the next epoch began: whatever
changes from then on reaches that epoch by itself, so no snapshot has to be held, and the
counters' old versions can be cleaned away meanwhile.
"""

import contextlib
from collections.abc import Iterable, Sequence
from enum import StrEnum
from time import monotonic
from typing import NamedTuple

from sqlalchemy import Engine, select

from integration.engine.lobby import Deal
from integration.store.line.epochs import Epochs, Waiting, keys, members
from integration.store.line.ladder import away, away_from, waiting_in
from integration.store.line.ordering import put_in_order
from integration.store.models import Line, Participation
from integration.store.valkey import Call, ValkeyAway

QUEUED = "QUEUED"
STUCK_MS = 1_000
"""How long a gap in the numbers may be somebody who is about to fill it."""

FENCE_MS = 2_000
"""How long a fence may be somebody who is about to take it down."""

CHUNK = 1_000
LEASE_MS = 10_000


class Mended(StrEnum):
    """What there was to do."""

    NOTHING = "NOTHING"
    REBUILT = "REBUILT"
    HOLE = "HOLE"
    FENCES = "FENCES"


class _Look(NamedTuple):
    """The line as Valkey has it; ``stamp`` by its clock, in milliseconds."""

    stamp: int
    epoch: bytes
    mark: int
    next_range: int
    waiting: int
    fenced: int
    old: dict[str, str]


class _Counters(NamedTuple):
    """The line as Postgres has it; ``waiting`` leaves out who is away."""

    entered: int
    waiting: int
    version: int
    lobby: int | None
    seed: bytes


class _Doubt(NamedTuple):
    """Something that is wrong only if it is still so a moment later."""

    about: tuple[object, ...]
    since: int


class Mender:
    """Mends lines, one call at a time and line; any number of processes may."""

    def __init__(self, engine: Engine, epochs: Epochs) -> None:
        self._engine = engine
        self._epochs = epochs
        self._doubts: dict[str, _Doubt] = {}

    def mend(self, distribution_id: str) -> Mended:
        """Do what this line needs; to be called about once a second for every open line.

        A rebuilding takes some 5 seconds for 1 000 000 waiting.
        """
        look = self._look(distribution_id)
        counters = self._counters(distribution_id)
        if look is None or counters is None:
            return Mended.NOTHING
        if not look.epoch:
            return Mended.REBUILT if self.rebuild(distribution_id) else Mended.NOTHING
        if counters.lobby:
            deal = Deal(counters.seed, counters.lobby)
            put_in_order(self._engine, self._epochs, distribution_id, deal)
        if look.old:
            self._settle(distribution_id, look.old)
            return Mended.FENCES
        if look.mark < counters.entered:
            return self._fill(distribution_id, look, counters)
        return self._compare(distribution_id, look, counters)

    def rebuild(self, distribution_id: str) -> bool:
        """Build the line anew from the record, beside the one in use, and swap them.

        False where another process is at it, or Valkey went away or was wiped meanwhile.
        """
        both = keys(distribution_id)
        try:
            epoch = self._epochs.valkey.script("begin", both, [LEASE_MS])
            return bool(epoch) and self._load(distribution_id, both, epoch)
        except ValkeyAway:
            return False

    def _load(self, distribution_id: str, both: list[str], epoch: bytes) -> bool:
        counters = self._counters(distribution_id)
        if counters is None:
            return False
        head = (epoch, LEASE_MS, counters.entered)
        valkey = self._epochs.valkey
        if not valkey.script("load", both, head):
            return False
        for part in self._waiting(distribution_id, 0, counters.entered):
            if not valkey.script("load", both, [*head, members(part)]):
                return False
        return bool(valkey.script("flip", both, [epoch]))

    def _look(self, distribution_id: str) -> _Look | None:
        names = keys(distribution_id, "epoch", "next", "fence")
        try:
            stamp, epoch, *rest = self._epochs.valkey.script("look", names, [FENCE_MS])
        except ValkeyAway:
            self._epochs.lost_at = monotonic()
            return None
        mark, next_range, waiting, fenced, *old = rest
        fences = dict(zip(_texts(old[::2]), _texts(old[1::2]), strict=True))
        return _Look(stamp, epoch, mark, next_range, waiting, fenced, fences)

    def _counters(self, distribution_id: str) -> _Counters | None:
        waiting = Line.waiting - away_from(Line.distribution_id)
        wanted = select(Line.entered, waiting, Line.version, Line.lobby, Line.seed).where(
            Line.distribution_id == distribution_id
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else _Counters(*row)

    def _waiting(self, distribution_id: str, after: int, last: int) -> Iterable[list[Waiting]]:
        """Yield those waiting with numbers after one and up to another, in parts."""
        while True:
            wanted = (
                select(Participation.number, Participation.consumer_id, Participation.entered_at)
                .where(*waiting_in(distribution_id))
                .where(Participation.number > after, Participation.number <= last)
                .order_by(Participation.number)
                .limit(CHUNK)
            )
            with self._engine.connect() as connection:
                part = [Waiting(*row) for row in connection.execute(wanted)]
            if part:
                yield part
            if len(part) < CHUNK:
                return
            after = part[-1].number

    def _fill(self, distribution_id: str, look: _Look, counters: _Counters) -> Mended:
        """Put what a writer committed and then did not live to put."""
        if not self._still(distribution_id, look, ("hole", look.epoch, look.mark)):
            return Mended.NOTHING
        last = look.next_range - 1 if look.next_range else counters.entered
        first = look.mark + 1
        for part in self._waiting(distribution_id, look.mark, last):
            self._epochs.put_range(distribution_id, first, part[-1].number, part)
            first = part[-1].number + 1
        if first <= last:
            self._epochs.put_range(distribution_id, first, last, ())
        return Mended.HOLE

    def _compare(self, distribution_id: str, look: _Look, counters: _Counters) -> Mended:
        """Rebuild where the line and the record stand still and yet differ.

        A removal can be lost for good when its fence is, in the same moment as its process.
        """
        about = ("count", look.epoch, counters, look.waiting)
        if look.fenced or look.waiting == counters.waiting:
            self._doubts.pop(distribution_id, None)
            return Mended.NOTHING
        if not self._still(distribution_id, look, about):
            return Mended.NOTHING
        self._epochs.distrust(distribution_id)
        return Mended.REBUILT if self.rebuild(distribution_id) else Mended.NOTHING

    def _still(self, distribution_id: str, look: _Look, about: tuple[object, ...]) -> bool:
        doubt = self._doubts.get(distribution_id)
        if doubt is None or doubt.about != about:
            self._doubts[distribution_id] = _Doubt(about, look.stamp)
            return False
        return look.stamp - doubt.since >= STUCK_MS

    def _settle(self, distribution_id: str, old: dict[str, str]) -> None:
        """Take out those who, by the record, wait no more, and end their fences."""
        names = keys(distribution_id, "epoch", "next", "fence", "fences")
        gone = self._gone(distribution_id, list(old))
        calls = [
            Call("settle", names, [consumer_id, stamp, *gone.get(consumer_id, ())])
            for consumer_id, stamp in old.items()
        ]
        with contextlib.suppress(ValkeyAway):
            self._epochs.valkey.scripts(calls)

    def _gone(self, distribution_id: str, consumer_ids: list[str]) -> dict[str, list[int]]:
        """Return the numbers of these consumers that wait no more."""
        wanted = select(Participation.consumer_id, Participation.number).where(
            Participation.distribution_id == distribution_id,
            Participation.consumer_id.in_(consumer_ids),
            (Participation.state != QUEUED) | away(),
        )
        gone: dict[str, list[int]] = {}
        with self._engine.connect() as connection:
            for consumer_id, number in connection.execute(wanted):
                gone.setdefault(consumer_id, []).append(number)
        return gone


def _texts(values: Sequence[bytes]) -> list[str]:
    return [value.decode() for value in values]
