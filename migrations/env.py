"""Run migrations, each in its own transaction, never waiting long for a lock."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from integration.kernel.settings import Settings
from integration.store.db import database_url
from integration.store.models import Base

LIMITS = "-c lock_timeout=4s -c statement_timeout=30s"
ONE_AT_A_TIME = text("SELECT pg_advisory_lock(hashtextextended('fanfare migrations', 0))")


def url() -> str:
    """Return the database to migrate: the caller's, else the environment's."""
    return context.config.attributes.get("url") or database_url(Settings.from_env())


engine = create_engine(url(), poolclass=pool.NullPool, connect_args={"options": LIMITS})
with engine.connect() as connection:
    connection.execute(ONE_AT_A_TIME)
    connection.commit()
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
