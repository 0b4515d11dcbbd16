"""The schema's version: bringing it up, and telling whether it is."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

import migrations
from integration.kernel.settings import Settings
from integration.store.db import database_url


class DatabaseAway(Exception):
    """The database does not answer."""


class Behind(Exception):
    """The database has another version's schema."""


def config(url: str) -> Config:
    """Return Alembic's configuration for this database."""
    found = Config()
    # Alembic reads % in an option as a placeholder.
    folder = str(Path(migrations.__file__).parent).replace("%", "%%")
    found.set_main_option("script_location", folder)
    found.attributes["url"] = url
    return found


def migrate(settings: Settings) -> None:
    """Bring the database to the newest revision; safe to repeat and to race."""
    command.upgrade(config(database_url(settings)), "head")


def ping(engine: Engine) -> None:
    """Raise ``DatabaseAway`` unless the database answers."""
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        raise DatabaseAway from error


def require_current(engine: Engine) -> None:
    """Raise ``Behind`` unless the database has the schema that this code expects."""
    expected = ScriptDirectory.from_config(config("")).get_current_head()
    try:
        with engine.connect() as connection:
            found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    except SQLAlchemyError as error:
        raise DatabaseAway from error
    if found != expected:
        raise Behind
