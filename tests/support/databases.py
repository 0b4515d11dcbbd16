"""Databases for tests: migrated once, copied for whoever wants one."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from alembic import command
from alembic.config import Config
from psycopg import sql

from integration.kernel.engines import EngineUrls

ROOT = Path(__file__).parents[2]
TEMPLATE = "template_fanfare"
# A runtime holds on to its signing keys for longer than one test.
KEPT = ["alembic_version", "signing_key"]


def named(urls: EngineUrls, database: str) -> str:
    """Return the address of another database beside ours."""
    return urls.database_url.replace("@/fanfare?", f"@/{database}?")


def plain(url: str) -> str:
    """Return SQLAlchemy's address as psycopg takes it."""
    return url.replace("+psycopg", "", 1)


def migrate(url: str) -> None:
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = url
    command.upgrade(config, "head")


def make_template(urls: EngineUrls) -> None:
    """Create the database that the others are copies of."""
    create(urls, TEMPLATE, "template1")
    migrate(named(urls, TEMPLATE))


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
    """Take every row out of every table."""
    with psycopg.connect(plain(url), options="-c lock_timeout=5s") as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL (%s)",
            [KEPT],
        ).fetchall()
        names = sql.SQL(", ").join(sql.Identifier(name) for (name,) in tables)
        connection.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))


def _as_superuser(urls: EngineUrls, statement: str, *names: str) -> None:
    url = plain(urls.database_url).replace("//fanfare@/fanfare?", "//postgres@/postgres?")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
