"""Entering, durable and still fast: one commit for all who come at once (design.md, D4)."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from operator import itemgetter
from typing import NamedTuple

from psycopg import DatabaseError, pq

from integration.kernel.errors import RateLimited
from integration.kernel.ids import new_id
from integration.kernel.tenant import Tenant
from integration.store.limits import GroupLimit, Taken, share
from integration.store.line.arrays import bytea_array, read_time, text_array
from integration.store.line.batcher import Batcher
from integration.store.line.epochs import Epochs, Waiting
from integration.store.line.watching import Watch, nobody
from integration.store.line.wire import Wire

STATEMENT = (
    "SELECT * FROM enter_batch("
    "$1::text[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::text[], $7::text[])"
)
DATA_AT_FAULT = ("22", "23")


class Verdict(StrEnum):
    """What became of an ask; all but the first two are refusals."""

    ENTERED = "ENTERED"
    CURRENT = "CURRENT"
    UNKNOWN = "UNKNOWN"
    REVOKED = "REVOKED"
    NOT_ROUTED = "NOT_ROUTED"
    CLOSED = "CLOSED"
    NOT_OPEN = "NOT_OPEN"
    SOLD_OUT = "SOLD_OUT"
    FINGERPRINT = "FINGERPRINT"
    FULL = "FULL"


class Ask(NamedTuple):
    """Somebody wants to enter; the fingerprint comes hashed, ``limit`` names what counts it."""

    tenant: Tenant
    distribution_id: str
    consumer_id: str
    session_id: str
    fingerprint: bytes | None = None
    limit: str = ""


class Entered(NamedTuple):
    """The answer, and the entry where there is one.

    ``place`` counts from 1 and is known of a new entry only; the line tells the others.
    """

    verdict: Verdict
    taken: Taken
    participation_id: str | None = None
    number: int | None = None
    state: str | None = None
    entered_at: datetime | None = None
    place: int | None = None
    opens_at: datetime | None = None


Answer = Entered | BaseException

_VERDICTS = {verdict.value.encode(): verdict for verdict in Verdict}
# Whatever else a path may hold names nothing, and need not reach the database.
_could_be_an_id = re.compile(r"[A-Za-z0-9_-]{1,64}").fullmatch


class Committer:
    """Enters whoever asks at the same time in one transaction; answers by its commit alone.

    The line in Valkey is told afterwards, and does without where it is away. ``others`` are
    limits by the names that asks may give.
    """

    def __init__(
        self,
        database_url: str,
        epochs: Epochs,
        limit: GroupLimit,
        *,
        watch: Watch = nobody,
        **others: GroupLimit,
    ) -> None:
        self._wire = Wire(database_url, STATEMENT)
        self._epochs = epochs
        self._limit = limit
        self._others = others
        self._batcher: Batcher[Ask, Entered] = Batcher(
            self._run, name="committer", afterwards=self._put, watch=watch
        )

    def enter(self, ask: Ask, timeout: float = 1.0) -> Entered:
        """Enter, or return the current entry, or say why not.

        Raises ``RateLimited`` with the window's figures, and ``ServiceUnavailable``:
        asking again is harmless whatever happened to the first.
        """
        return self._batcher.submit(ask, timeout)

    def close(self) -> None:
        """End the thread and the connection; the next ask begins others."""
        self._batcher.close()
        self._wire.close()

    def _run(self, asks: Sequence[Ask], meanwhile: Callable[[], None]) -> list[Answer]:
        shares = share(self._take, [(ask.limit, ask.tenant) for ask in asks])
        answers: list[Answer] = []
        wanted: list[_Asked] = []
        for place, (ask, taken) in enumerate(zip(asks, shares, strict=True)):
            if isinstance(taken, RateLimited):
                answers.append(taken)
                continue
            answers.append(Entered(Verdict.UNKNOWN, taken))
            if _could_be_an_id(ask.distribution_id):
                wanted.append(_Asked(ask, taken, [place]))
        for group in _rounds(wanted):
            for asked, answer in zip(group, self._enter(group, meanwhile), strict=True):
                _spread(answer, asked.places, answers)
        return answers

    def _take(self, window: tuple[str, Tenant], cost: int) -> Taken:
        name, tenant = window
        return self._others.get(name, self._limit)(tenant, cost)

    def _enter(self, group: Sequence["_Asked"], meanwhile: Callable[[], None]) -> list[Answer]:
        try:
            rows = self._wire.run(_parameters(group), meanwhile)
        except DatabaseError as error:
            if not (error.sqlstate or "").startswith(DATA_AT_FAULT) or len(group) == 1:
                return [error for _ in group]
            # One of them is at fault: it must not take the others with it.
            return [answer for asked in group for answer in self._enter([asked], meanwhile)]
        return [_read(rows, row, asked.taken) for row, asked in enumerate(group)]

    def _put(self, settled: Sequence[tuple[Ask, Answer]]) -> None:
        lines: dict[str, list[Waiting]] = {}
        for ask, answer in settled:
            if isinstance(answer, Entered) and answer.verdict is Verdict.ENTERED:
                number, entered_at = answer.number, answer.entered_at
                if number is not None and entered_at is not None:
                    member = Waiting(number, ask.consumer_id, entered_at)
                    lines.setdefault(ask.distribution_id, []).append(member)
        for distribution_id, entries in lines.items():
            for run in _without_gaps(entries):
                self._epochs.put(distribution_id, run)


class _Asked(NamedTuple):
    """An ask on its way, and where in the batch its answer belongs."""

    ask: Ask
    taken: Taken
    places: list[int]


def _rounds(wanted: list[_Asked]) -> Iterator[list[_Asked]]:
    """Yield groups in which each consumer asks for a distribution once.

    The same ask again shares the answer; one from another session, say, waits its turn.
    """
    while wanted:
        group: dict[tuple[str, str], _Asked] = {}
        later = []
        for asked in wanted:
            key = (asked.ask.distribution_id, asked.ask.consumer_id)
            first = group.setdefault(key, asked)
            if first is asked:
                continue
            if first.ask == asked.ask:
                first.places.extend(asked.places)
            else:
                later.append(asked)
        yield list(group.values())
        wanted = later


def _spread(answer: Answer, places: Sequence[int], answers: list[Answer]) -> None:
    """Give all who asked the same the same answer; only the first of them entered."""
    first, *others = places
    answers[first] = answer
    if others and isinstance(answer, Entered) and answer.verdict is Verdict.ENTERED:
        answer = answer._replace(verdict=Verdict.CURRENT, place=None)
    for place in others:
        answers[place] = answer


def _parameters(group: Sequence[_Asked]) -> list[bytes]:
    asks = [asked.ask for asked in group]
    return [
        text_array([ask.distribution_id for ask in asks]),
        text_array([ask.consumer_id for ask in asks]),
        text_array([ask.session_id for ask in asks]),
        bytea_array([ask.fingerprint for ask in asks]),
        text_array([ask.tenant.organization_id for ask in asks]),
        text_array([ask.tenant.mode for ask in asks]),
        text_array([new_id("ent") for _ in asks]),
    ]


def _read(rows: pq.abc.PGresult, row: int, taken: Taken) -> Entered:
    value = rows.get_value
    entry, number, state = value(row, 1), value(row, 2), value(row, 3)
    since, place, opens = value(row, 4), value(row, 5), value(row, 6)
    return Entered(
        _VERDICTS[value(row, 0) or b""],
        taken,
        entry.decode() if entry else None,
        int.from_bytes(number) if number else None,
        state.decode() if state else None,
        read_time(since) if since else None,
        int.from_bytes(place) if place else None,
        read_time(opens) if opens else None,
    )


def _without_gaps(entries: list[Waiting]) -> Iterable[list[Waiting]]:
    """Yield runs of consecutive numbers; another process may have come in between."""
    entries.sort(key=itemgetter(0))
    run = [entries[0]]
    for entry in entries[1:]:
        if entry.number != run[-1].number + 1:
            yield run
            run = []
        run.append(entry)
    yield run
