"""The engines that tests share: a database each, emptied on request."""

import psycopg
import pytest
import redis

from tests.support.databases import plain

TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


def test_a_workers_database_is_migrated(database_url):
    with psycopg.connect(plain(database_url)) as connection:
        tables = connection.execute(TABLES).fetchone()[0]

    assert tables > 1


def test_fresh_databases_are_migrated_and_apart(fresh_database):
    first, second = fresh_database(), fresh_database()

    with psycopg.connect(plain(first)) as connection:
        connection.execute("CREATE TABLE mine ()")
        mine = connection.execute(TABLES).fetchone()[0]
    with psycopg.connect(plain(second)) as connection:
        theirs = connection.execute(TABLES).fetchone()[0]

    assert mine == theirs + 1


def test_clean_forgets_what_valkey_held(redis_url, request):
    with redis.Redis.from_url(redis_url) as valkey:
        valkey.set("left", "over")

        request.getfixturevalue("clean")

        assert valkey.dbsize() == 0


def test_the_applications_role_reads_no_files(database_url):
    with (
        psycopg.connect(plain(database_url)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("SELECT pg_read_file('/etc/hosts')")
