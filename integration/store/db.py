"""The database: one engine a process, and the only place that commits."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import orjson
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session, sessionmaker

from integration.kernel.acting import acting
from integration.kernel.engines import embedded_urls
from integration.kernel.errors import ServiceUnavailable
from integration.kernel.settings import Settings

Database = Session
"""What statements run in; named for those who may not name SQLAlchemy."""

POOL_SIZE = 8
POOL_WAIT_SECONDS = 1
SERVER_OPTIONS = (
    "-c lock_timeout=1500ms -c statement_timeout=10s -c idle_in_transaction_session_timeout=10s"
)


def database_url(settings: Settings) -> str:
    """Return the SQLAlchemy URL of the database that these settings mean."""
    url = settings.database_url or embedded_urls(settings.data_dir).database_url
    _, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}"


def connect(url: str) -> Engine:
    """Return an engine that gives up quickly: one second to get a connection."""
    return create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=POOL_WAIT_SECONDS,
        pool_pre_ping=False,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        connect_args={"connect_timeout": 2, "options": SERVER_OPTIONS},
    )


@dataclass(slots=True)
class Transaction:
    """One unit of work: a session, and what is to happen once it has committed."""

    session: Session
    after: list[Callable[[], Any]] = field(default_factory=list)

    def then(self, action: Callable[[], Any]) -> None:
        """Do ``action`` after the commit; it may fail, for a row remembers the intent."""
        self.after.append(action)


_current: ContextVar[Transaction | None] = ContextVar("transaction", default=None)


def in_transaction() -> bool:
    """Tell whether this thread has a transaction open."""
    return _current.get() is not None


@contextmanager
def transaction(sessions: sessionmaker[Session]) -> Generator[Transaction]:
    """Commit on success, roll back on error, then do what was deferred.

    Inside another one (a keyed call keeps its answer with its effect, design.md D14)
    this is a savepoint of it, and commits with it.
    """
    outer = _current.get()
    if outer is not None:
        with _savepoint(outer) as inner:
            yield inner
        return
    with _outermost(sessions) as own:
        yield own
    for action in own.after:
        action()


@contextmanager
def _outermost(sessions: sessionmaker[Session]) -> Generator[Transaction]:
    try:
        with sessions.begin() as session:
            own = Transaction(session)
            token = _current.set(own)
            try:
                _say_who_acts(session)
                yield own
            finally:
                _current.reset(token)
    except PoolTimeout as error:
        raise ServiceUnavailable from error
    except DBAPIError as error:
        if is_passing(error):
            raise ServiceUnavailable from error
        raise


_ACTS = text("""
    SELECT set_config('fanfare.actor', :id, true), set_config('fanfare.via', :via, true),
        set_config('fanfare.request', :request_id, true)
""")


def _say_who_acts(session: Session) -> None:
    """Tell the triggers that write the record (migrations/sql/audit.sql)."""
    if (actor := acting()) is not None:
        session.execute(_ACTS, {name: value or "" for name, value in actor._asdict().items()})


@contextmanager
def _savepoint(outer: Transaction) -> Generator[Transaction]:
    inner = Transaction(outer.session)
    with outer.session.begin_nested():
        yield inner
    outer.after.extend(inner.after)


PASSING = (
    "08",  # connection
    "40",  # serialization, deadlock
    "53",  # resources
    "55P03",  # lock not available
    "57",  # operator intervention: shutdown, statement timeout
    "25P03",  # idle in transaction
)


TOO_MUCH = "54"
"""More than the database can hold: a text too long for an index."""


def is_passing(error: DBAPIError) -> bool:
    """Tell whether the database may well say yes to the same question in a moment."""
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or state.startswith(PASSING)


def is_bad_value(error: Exception) -> bool:
    """Tell whether the database refused a value, as it will again."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    return isinstance(error, DataError | IntegrityError) or state.startswith(TOO_MUCH)
