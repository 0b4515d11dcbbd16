"""Databases for tests: migrated once, copied for whoever wants one."""

from collections.abc import Generator
from contextlib import contextmanager

import psycopg
from alembic import command
from psycopg import sql

from integration.kernel.engines import EngineUrls
from integration.store import schema

TEMPLATE = "template_fanfare"
# A runtime holds on to its signing keys for longer than one test.
KEPT = ["alembic_version", "signing_key"]


def named(urls: EngineUrls, database: str) -> str:
    """Return the address of another database beside ours."""
    return urls.database_url.replace("@/fanfare?", f"@/{database}?")


def plain(url: str) -> str:
    """Return SQLAlchemy's address as psycopg takes it."""
    return url.replace("+psycopg", "", 1)


def make_template(urls: EngineUrls) -> None:
    """Create the database that the others are copies of."""
    create(urls, TEMPLATE, "template1")
    command.upgrade(schema.config(named(urls, TEMPLATE)), "head")


def create(urls: EngineUrls, name: str, template: str = TEMPLATE) -> str:
    """Create a database that the application's role owns, and return its address."""
    _as_superuser(urls, "CREATE DATABASE {} OWNER fanfare TEMPLATE {}", name, template)
    return named(urls, name)


def drop(urls: EngineUrls, name: str) -> None:
    """Drop a database, whoever is still connected."""
    _as_superuser(urls, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


@contextmanager
def database(urls: EngineUrls, name: str) -> Generator[str]:
    """A migrated, empty database for as long as this lasts."""
    try:
        yield create(urls, name)
    finally:
        drop(urls, name)


def empty(url: str) -> None:
    """Take every row out of every table; a TRUNCATE takes twenty times as long."""
    with psycopg.connect(_superusers(url), options="-c lock_timeout=5s") as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (%s)",
            [KEPT],
        ).fetchall()
        deletes = [sql.SQL("DELETE FROM {}").format(sql.Identifier(name)) for (name,) in tables]
        # As a replica does: without looking at foreign keys.
        connection.execute(sql.SQL("SET LOCAL session_replication_role = replica"))
        connection.execute(sql.SQL("; ").join(deletes))


def _as_superuser(urls: EngineUrls, statement: str, *names: str) -> None:
    with psycopg.connect(_superusers(named(urls, "postgres")), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def _superusers(url: str) -> str:
    return plain(url).replace("//fanfare@", "//postgres@", 1)
