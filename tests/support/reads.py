"""What statements cost a database: how many are sent, and how many rows they read."""

import threading
from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from sqlalchemy import event

from tests.support import databases

READ = (
    "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables"
    " WHERE relname <> 'sync_run'"
)
"""Without runs: the row that what a page writes refers to is looked for among a dozen, which
Postgres rather reads than looks up while they are on one page of its own."""


class Taken:
    """A sum that begins anew whenever it is asked for; what other threads do is left out."""

    def __init__(self) -> None:
        self.sum, self._mine = 0, threading.get_ident()

    def add(self, number: int) -> None:
        if threading.get_ident() == self._mine:
            self.sum += number

    def __call__(self) -> int:
        was, self.sum = self.sum, 0
        return was


@contextmanager
def statements(rt) -> Generator[Taken]:
    """Count the statements that are sent."""
    taken = Taken()

    def sent(*_):
        taken.add(1)

    event.listen(rt.engine, "after_cursor_execute", sent)
    yield taken
    event.remove(rt.engine, "after_cursor_execute", sent)


@contextmanager
def rows_read(rt) -> Generator[Taken]:
    """Count the rows that Postgres reads, whether it needs them or not."""
    taken = Taken()

    def read(connection) -> int:
        with connection.connection.cursor() as cursor:
            return cursor.execute(READ).fetchone()[0]

    def begins(connection):
        taken.add(-read(connection))

    def commits(connection):
        taken.add(read(connection))

    event.listen(rt.engine, "begin", begins)
    event.listen(rt.engine, "commit", commits)
    yield taken
    event.remove(rt.engine, "begin", begins)
    event.remove(rt.engine, "commit", commits)


def analyze(settings) -> None:
    """Have Postgres learn what the tables hold now, as it does by itself from time to time."""
    with psycopg.connect(databases.plain(settings.database_url), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE product, variant, consumer")
