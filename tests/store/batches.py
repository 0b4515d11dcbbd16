"""Batches of asks, put to ``enter_batch`` as the committer does."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from typing import Any

import psycopg

from integration.kernel.ids import new_id
from integration.store.line.committer import Ask
from tests.store.stage import Stage

CALL = (
    "SELECT * FROM enter_batch(%s::text[], %s::text[], %s::text[], %s::bytea[],"
    " %s::text[], %s::text[], %s::text[])"
)


def call(connection: psycopg.Connection, asks: list[Ask]) -> list[tuple]:
    """Ask as one batch: verdict, id, number, state, entered_at, place, opens_at."""
    values = [
        [ask.distribution_id for ask in asks],
        [ask.consumer_id for ask in asks],
        [ask.session_id for ask in asks],
        [ask.fingerprint for ask in asks],
        [ask.tenant.organization_id for ask in asks],
        [ask.tenant.mode for ask in asks],
        [new_id("ent") for _ in asks],
    ]
    return connection.execute(CALL, values, prepare=True).fetchall()


def enter(stage: Stage, *asks: Ask) -> list[tuple]:
    return call(stage.connection, list(asks))


def verdicts(stage: Stage, *asks: Ask) -> list[str]:
    return [row[0] for row in enter(stage, *asks)]


def parts(items: list, size: int) -> list[list]:
    return [items[start : start + size] for start in range(0, len(items), size)]


def at_once(work: Callable[[Any], list], shares: Iterable) -> list:
    """Do the shares in eight threads; what they return, one after the other."""
    with ThreadPoolExecutor(8) as pool:
        return list(chain.from_iterable(pool.map(work, shares)))
