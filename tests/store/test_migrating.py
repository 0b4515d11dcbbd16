"""Any number of processes may migrate at once: one does, the others wait for it."""

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
from alembic import command

from integration.store.schema import config
from tests.support.databases import plain

LONGER_THAN_A_MIGRATION_WAITS_FOR_A_TABLE = 4.5


def test_whoever_finds_somebody_migrating_waits_and_holds_them_up_with_nothing(fresh_database):
    url = fresh_database()
    with ThreadPoolExecutor(1) as pool, psycopg.connect(plain(url), autocommit=True) as first:
        first.execute("SELECT pg_advisory_lock(hashtextextended('fanfare migrations', 0))")
        second = pool.submit(command.upgrade, config(url), "head")
        time.sleep(LONGER_THAN_A_MIGRATION_WAITS_FOR_A_TABLE)
        # It waits for every transaction that is open.
        first.execute("SET statement_timeout = '5s'")
        first.execute("CREATE INDEX CONCURRENTLY again ON organization (name)")
        waited = second.running()

    second.result()

    assert waited
