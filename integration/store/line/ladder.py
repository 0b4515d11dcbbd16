"""A long line by the record alone: some numbers and their ranks, for while Valkey cannot tell.

Counting those before somebody far back takes a fifth of a second at 1 000 000; many who
ask must share that.
"""

from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    ScalarSelect,
    Select,
    any_,
    bindparam,
    func,
    select,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import SQLCoreOperations

from integration.engine.marks import Mark, interpolate, sample_ranks
from integration.store import arrays
from integration.store.models import Line, Participation

QUEUED = "QUEUED"
COUNTED = 10_000
"""Up to so many are counted for each who asks."""

FRESH_SECONDS = 5.0
MOST_LINES = 64

Database = Session | Connection


class Ladders:
    """Each process's own, made anew by one caller at a time, at most every 5 seconds."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[float, list[Mark]]] = {}
        self._making = Lock()

    def rungs(self, database: Database, distribution_id: str) -> list[Mark]:
        """Return some of those waiting, and how many wait before each.

        Some may have left meanwhile; those who went from the front are taken off.
        """
        rungs = self._fresh(distribution_id)
        if rungs is None:
            with self._making:
                rungs = self._fresh(distribution_id) or self._make(database, distribution_id)
        first = database.execute(
            select(func.min(Participation.number)).where(*waiting_in(distribution_id))
        ).scalar_one()
        gone = 0 if first is None else interpolate(rungs, first)
        return [(number, rank - gone) for number, rank in rungs if rank >= gone]

    def _fresh(self, distribution_id: str) -> list[Mark] | None:
        made, rungs = self._made.get(distribution_id, (0.0, None))
        return rungs if monotonic() - made < FRESH_SECONDS else None

    def _make(self, database: Database, distribution_id: str) -> list[Mark]:
        rungs = _read(database, distribution_id)
        while len(self._made) >= MOST_LINES:
            self._made.pop(next(iter(self._made)))
        self._made[distribution_id] = (monotonic(), rungs)
        return rungs


def _read(database: Database, distribution_id: str) -> list[Mark]:
    waiting = database.execute(
        select(Line.waiting - away_from(distribution_id)).where(
            Line.distribution_id == distribution_id
        )
    ).scalar_one()
    rank = func.row_number().over(order_by=Participation.number) - 1
    everybody = (
        select(Participation.number, rank.label("rank"))
        .where(*waiting_in(distribution_id))
        .subquery()
    )
    number, before = everybody.c.number, everybody.c.rank
    some = bindparam("ranks", sample_ranks(waiting), ARRAY(BigInteger))
    wanted = select(number, before).where(before == any_(some)).order_by(number)
    return [(row[0], row[1]) for row in database.execute(wanted)]


ladders = Ladders()
"""This process's; what is in it is only ever a few seconds old."""


def count_before(database: Database, distribution_id: str, number: int) -> int:
    """Return how many wait before a number.

    Exact near the front; from 10 000 on exact but for who left within a few seconds.
    """
    before = select(Participation.number).where(
        *waiting_in(distribution_id), Participation.number < number
    )
    counted = _count(database, before.limit(COUNTED))
    if counted < COUNTED:
        return counted
    below = [mark for mark in ladders.rungs(database, distribution_id) if mark[0] <= number]
    rung, rank = below[-1] if below else (0, 0)
    return rank + _count(database, before.where(Participation.number >= rung))


def waiting_in(distribution_id: str) -> tuple[ColumnElement[bool], ...]:
    """Return what selects those who wait in a line and are not away, from its own index."""
    return (
        Participation.distribution_id == distribution_id,
        Participation.state == arrays.QUEUED,
        ~away(),
    )


def away() -> ColumnElement[bool]:
    """Return what selects those who were passed over and have not come back."""
    return Participation.passed_at.is_not(None) & Participation.returned_at.is_(None)


def away_from(distribution_id: SQLCoreOperations[str] | str) -> ScalarSelect[int]:
    """Return what counts those who were passed over and have not come back."""
    return (
        select(func.count())
        .where(
            Participation.distribution_id == distribution_id, Participation.state == arrays.QUEUED
        )
        .where(away())
        .scalar_subquery()
    )


def _count(database: Database, rows: Select[Any]) -> int:
    return database.execute(select(func.count()).select_from(rows.subquery())).scalar_one()
