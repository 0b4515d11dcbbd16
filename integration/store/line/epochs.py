"""The line in Valkey: who waits, by number, under an epoch (design.md, D5).

Nothing here raises when Valkey is away: Postgres knows everything that is kept here.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import NamedTuple, TypeVar

from integration.store.valkey import Call, Valkey, ValkeyAway

T = TypeVar("T")

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
BESIDE = ("fence", "fences", "card", "building", "presence", "cover", "signs")
"""What is kept of a line beside its epochs."""

FOR_GOOD = 0
"""Instead of a version: nobody comes back to this number."""

CHUNK = 1_000
"""Entries per script call: Valkey serves nobody else meanwhile."""


class Place(NamedTuple):
    """Somebody who waits: their number, how many wait before them, and since when."""

    number: int
    ahead: int
    entered_at: datetime


class Waiting(NamedTuple):
    """One member of the line."""

    number: int
    consumer_id: str
    entered_at: datetime


class Epochs:
    """The ranks of every line, kept beside the record, never instead of it.

    Whatever takes somebody out of QUEUED, or away, fences them first, commits, and removes
    them then; ``unfence`` instead where nothing was changed. ``lost_at`` is when Valkey was
    last seen not to answer, by this process's monotonic clock.
    """

    def __init__(self, valkey: Valkey) -> None:
        self.valkey = valkey
        self.lost_at: float | None = None

    def put(self, distribution_id: str, entries: Sequence[Waiting]) -> None:
        """Add entries that were committed, their numbers without a gap."""
        if entries:
            self.put_range(distribution_id, entries[0].number, entries[-1].number, entries)

    def put_range(
        self, distribution_id: str, first: int, last: int, entries: Iterable[Waiting]
    ) -> None:
        """Add those of a range who still wait."""
        call = Call("put", keys(distribution_id), (first, last, members(entries)))
        self._tell([call])

    def fence(self, distribution_id: str, consumer_ids: Sequence[str]) -> None:
        """Have Postgres asked about these consumers until they are removed or unfenced."""
        if not consumer_ids:
            return
        told = self._tell(
            Call("fence", keys(distribution_id, "epoch", "fence", "fences"), part)
            for part in _chunks(consumer_ids)
        )
        if not told:
            # Whoever reads this epoch later would be told of people who have left.
            self.distrust(distribution_id)

    def unfence(self, distribution_id: str, consumer_ids: Sequence[str]) -> None:
        """Believe the line again about these consumers: nothing about them changed."""
        self._tell(
            Call("unfence", keys(distribution_id, "epoch", "fence", "fences"), part)
            for part in _chunks(consumer_ids)
        )

    def remove(self, distribution_id: str, gone: Sequence[tuple[int, str]]) -> None:
        """Take out these numbers of these consumers, whose leaving is committed."""
        self._remove(distribution_id, gone, FOR_GOOD)

    def put_aside(
        self, distribution_id: str, away: Sequence[tuple[int, str]], version: int
    ) -> None:
        """Take out who was passed over, as committed with this version of the line.

        Who has rejoined with a newer one stays: they asked before this could be told.
        """
        self._remove(distribution_id, away, version)

    def _remove(self, distribution_id: str, gone: Sequence[tuple[int, str]], version: int) -> None:
        self._tell(
            Call(
                "remove",
                keys(distribution_id, "epoch", "next", "fence", "fences"),
                [version, *(part for number, whose in some for part in (whose, number))],
            )
            for some in _chunks(gone)
        )

    def rejoin(
        self, distribution_id: str, back: Waiting, version: int, ticket: int | None = None
    ) -> None:
        """Put back somebody who was away, whose return is committed; ``ticket`` in a lobby.

        ``version`` is the line's, as of the return.
        The fence stays for the mender, who knows of whatever else happens to them meanwhile.
        """
        number, consumer_id, entered_at = back
        names = keys(distribution_id, "epoch", "next", "fence")
        dealt = "" if ticket is None else ticket
        place = (number, microseconds(entered_at), consumer_id, version, dealt)
        self._tell([Call("rejoin", names, place)])

    def read(self, distribution_id: str, consumer_id: str) -> Place | None:
        """Return somebody's place, or None where only Postgres can tell."""
        try:
            answer = self.valkey.scripts([reading(distribution_id, [consumer_id])])[0]
        except ValkeyAway:
            return None
        return read_places(answer)[0]

    def distrust(self, distribution_id: str) -> None:
        """Drop the epoch as soon as possible; until it is built again Postgres is asked."""
        call = Call("drop", keys(distribution_id))
        self.valkey.owe(distribution_id, call)
        self._tell([])

    def forget(self, distribution_id: str) -> None:
        """Delete all that is kept of a line that is over."""
        names = keys(distribution_id, *BESIDE)
        self._tell([Call("drop", keys(distribution_id))])
        try:
            self.valkey.run(lambda client: client.unlink(*names))
        except ValkeyAway:
            return

    def _tell(self, calls: Iterable[Call]) -> bool:
        try:
            self.valkey.scripts(list(calls))
        except ValkeyAway:
            self.lost_at = monotonic()
            return False
        return True


def keys(distribution_id: str, *names: str) -> list[str]:
    """Return the keys of a line, all in one hash slot; the epochs' unless named."""
    return [f"line:{{{distribution_id}}}:{name}" for name in names or ("epoch", "next")]


def members(entries: Iterable[Waiting]) -> str:
    """Return entries as the scripts take them: one text costs less than many parts."""
    return " ".join([f"{consumer} {number} {microseconds(at)}" for number, consumer, at in entries])


def microseconds(moment: datetime) -> int:
    """Return a time as Valkey keeps it."""
    return (moment - BEGINNING) // MICROSECOND


def reading(distribution_id: str, consumer_ids: Sequence[str], lobby: int = 0) -> Call:
    """Return the script call that reads these consumers' places, and notes that they live.

    The first ``lobby`` numbers were shuffled: their places are counted by ticket.
    """
    names = keys(distribution_id, "epoch", "fence", "presence", "signs")
    return Call("read", names, [lobby, *consumer_ids])


def read_places(answer: bytes) -> list[Place | None]:
    """Return what that call's answer means, in the order that was asked."""
    words = iter(answer.split())
    return [
        None
        if word == b"-"
        else Place(int(word), int(next(words)), BEGINNING + int(next(words)) * MICROSECOND)
        for word in words
    ]


def _chunks(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + CHUNK] for start in range(0, len(items), CHUNK))
