"""Run migrations, each in its own transaction, never waiting long for a lock on a table."""

from threading import Event

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

from integration.kernel.logging import logger
from integration.kernel.settings import Settings
from integration.store.db import database_url
from integration.store.models import Base

log = logger(__name__)

LIMITS = "-c lock_timeout=4s -c statement_timeout=30s"
ONE_AT_A_TIME = text("SELECT pg_try_advisory_lock(hashtextextended('fanfare migrations', 0))")
LOOK_SECONDS = 0.5


def url() -> str:
    """Return the database to migrate: the caller's, else the environment's."""
    return context.config.attributes.get("url") or database_url(Settings.from_env())


def take_turn(connection: Connection) -> None:
    """Wait until nobody else migrates this database, however long that takes.

    With no transaction open meanwhile: an index that is built concurrently waits for them all.
    """
    told = False
    while not connection.scalar(ONE_AT_A_TIME):
        connection.commit()
        if not told:
            log.info("migrations_wait", reason="Another process is migrating this database.")
            told = True
        Event().wait(LOOK_SECONDS)
    connection.commit()


engine = create_engine(url(), poolclass=pool.NullPool, connect_args={"options": LIMITS})
with engine.connect() as connection:
    take_turn(connection)
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        compare_type=True,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
