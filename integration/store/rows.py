"""What statement modules share: whose rows, which page, one change at a time."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from datetime import datetime
from types import SimpleNamespace
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    TIMESTAMP,
    ColumnElement,
    Select,
    Text,
    func,
    inspect,
    literal,
    literal_column,
    select,
    tuple_,
)
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
    """A part of a list: at most ``limit`` rows behind the one called ``after``.

    Rows come in the order of their making, or of the column ``by``; ``value`` is what the
    row called ``after`` had there when it was listed, so that the place holds if it changes.
    """

    after: str | None
    limit: int
    newest_first: bool = False
    by: str | None = None
    value: Any = None


def of(model: type[M], tenant: Tenant) -> Select[M]:
    """Select this tenant's rows."""
    return select(model).where(
        model.organization_id == tenant.organization_id, model.mode == tenant.mode
    )


def cut(wanted: Select[M], key: InstrumentedAttribute[str], part: Slice) -> Any:
    """Return the statement that reads one part of a list, in the order of ``key``.

    In the order of ``part.by`` where it names a column; ``key`` then decides between equals.
    """
    order: list[ColumnElement[Any]] = [key.expression]
    last: list[Any] = [part.after]
    if part.by is not None:
        column = getattr(key.class_, part.by)
        order.insert(0, _comparable(column))
        last.insert(0, _comparable(literal(part.value, column.type)))
    if part.after is not None:
        here, there = tuple_(*order), tuple_(*last)
        wanted = wanted.where(here < there if part.newest_first else here > there)
    ordered = [each.desc() if part.newest_first else each for each in order]
    return wanted.order_by(*ordered).limit(part.limit)


def narrowed(found: Select[M], model: type[M], wanted: Mapping[str, Any]) -> Select[M]:
    """Keep what is like ``wanted``: a part of the name in either case, other columns equal."""
    for name, value in wanted.items():
        column = getattr(model, name)
        if name == "name":
            found = found.where(func.lower(column).contains(value.lower(), autoescape=True))
        else:
            found = found.where(column == value)
    return found


def _comparable(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return what rows are ordered by: text in either case, what is unset behind the rest."""
    if isinstance(column.type, Text):
        return func.lower(func.coalesce(column, ""))
    if isinstance(column.type, TIMESTAMP):
        return func.coalesce(column, literal_column("timestamptz 'infinity'"))
    return column


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
