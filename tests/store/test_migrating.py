"""Any number of processes may migrate at once: one does, the others wait for it.

What was broken off is done again.
"""

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
        # Nothing tells that it has not given up but that the time to do so is over.
        time.sleep(LONGER_THAN_A_MIGRATION_WAITS_FOR_A_TABLE)
        # It waits for every transaction that is open.
        first.execute("SET statement_timeout = '5s'")
        first.execute("CREATE INDEX CONCURRENTLY again ON organization (name)")
        waited = second.running()

    second.result()

    assert waited


def test_a_migration_that_was_broken_off_is_done_again(fresh_database):
    alembic = config(url := fresh_database())
    with psycopg.connect(plain(url), autocommit=True) as database:
        command.downgrade(alembic, "checkouts")
        database.execute("ALTER TABLE sync_run ADD COLUMN earliest_at timestamptz")
        database.execute("CREATE INDEX ix_handoff_connection_id_checkout_until ON handoff (id)")

        command.upgrade(alembic, "live_checkouts")

        built = database.execute(
            "SELECT indexdef FROM pg_indexes"
            " WHERE indexname = 'ix_handoff_connection_id_checkout_until'"
        ).fetchone()
    assert built is not None
    assert built[0].endswith("(connection_id, checkout_until)")
