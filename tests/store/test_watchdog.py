"""The watchdog outlives what it ends."""

import psycopg
import pytest

from integration.store import watchdog


def test_a_connection_that_is_gone_already_ends_no_watchdog(database_url):
    connection = psycopg.connect(database_url.replace("+psycopg", "", 1))
    connection.close()

    watchdog._cut(connection)


def test_a_connection_is_ended_under_whoever_waits_for_it(database_url):
    connection = psycopg.connect(database_url.replace("+psycopg", "", 1))

    watchdog._cut(connection)

    with pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")
