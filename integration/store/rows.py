"""What statement modules share: whose rows, which page, one change at a time."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, func, inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute, Session

from integration.kernel.errors import Conflict, FanfareError
from integration.kernel.tenant import Tenant
from integration.store.models.base import Base, Tenanted, Versioned

M = TypeVar("M", bound=Tenanted)
V = TypeVar("V", bound=Versioned)


class PreconditionFailed(FanfareError):
    """Somebody has changed the object since the caller read it."""

    error = "Precondition failed"
    code = "PRECONDITION_FAILED"
    status = 412
    message = "The object has changed. Read it again, then repeat your change."


class ExternalIdTaken(Conflict):
    """Another object has this external id; ``id`` in the body says which."""

    code = "EXTERNAL_ID_TAKEN"
    message = "This externalId is in use in this syncSource."


class Slice(NamedTuple):
    """A part of a list: at most ``limit`` rows behind the one called ``after``."""

    after: str | None
    limit: int
    newest_first: bool = False


def of(model: type[M], tenant: Tenant) -> Select[M]:
    """Select this tenant's rows."""
    return select(model).where(
        model.organization_id == tenant.organization_id, model.mode == tenant.mode
    )


def cut(wanted: Select[M], key: InstrumentedAttribute[str], part: Slice) -> Any:
    """Return the statement that reads one part of a list, in the order of ``key``."""
    if part.after is not None:
        wanted = wanted.where(key < part.after if part.newest_first else key > part.after)
    return wanted.order_by(key.desc() if part.newest_first else key).limit(part.limit)


def lock(session: Session, wanted: Select[V], expected: int | None = None) -> V | None:
    """Take the row for this transaction, to change it.

    Raises ``PreconditionFailed`` where it is no longer the ``expected`` version. Rows that
    refer to this one may still be added meanwhile.
    """
    statement = wanted.with_for_update(key_share=True)
    row = session.scalar(statement.execution_options(populate_existing=True))
    if row is not None and expected is not None and row.version != expected:
        raise PreconditionFailed
    return row


def shown(row: Base, **more: Any) -> SimpleNamespace:
    """Return a row's columns to be shown, with ``more`` beside them."""
    columns = inspect(row).mapper.column_attrs
    return SimpleNamespace(**{each.key: getattr(row, each.key) for each in columns}, **more)


def now(session: Session) -> datetime:
    """Return the database's time."""
    moment: datetime = session.scalars(select(func.clock_timestamp())).one()
    return moment


@contextmanager
def unique(session: Session, taken: Mapping[str, Callable[[], Exception]]) -> Generator[None]:
    """Write what is added and changed inside; a duplicate raises what ``taken`` makes of it.

    ``taken`` names the unique indexes; it is asked once the savepoint is gone.
    """
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        make = taken.get(_constraint(error) or "")
        if make is None:
            raise
        raise make() from error


def _constraint(error: IntegrityError) -> str | None:
    diagnosis = getattr(error.orig, "diag", None)
    return getattr(diagnosis, "constraint_name", None)
