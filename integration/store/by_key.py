"""Finding many rows by a key each, whatever the planner believes of their number."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Text,
    func,
    literal,
    literal_column,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY

Columns = Sequence[SQLColumnExpression[Any]]


def by_key(
    wanted: Columns,
    key: Columns,
    first: Iterable[str],
    last: Iterable[str],
    *where: ColumnElement[bool],
) -> Select[Any]:
    """Select columns of the rows whose key begins with ``first`` and ends with one of ``last``.

    Each is looked for as the greatest that is not above it, which only the key's own index can
    answer. Asked for equals, a planner that knows nothing of a table yet, as in the first sync
    of a new installation, takes any index for as good, and reads all of a merchant's rows.
    """
    told = func.unnest(literal(list(last), ARRAY(Text))).table_valued("last").render_derived()
    sought = tuple_(*map(literal, first), told.c.last)
    nearest = (
        select(*wanted, *(each.label(f"key_{number}") for number, each in enumerate(key)))
        .where(*where, tuple_(*key) <= sought)
        .order_by(*(each.desc() for each in key))
        .limit(literal_column("1"))
        .lateral()
    )
    columns = list(nearest.c)
    found = select(*columns[: len(wanted)]).select_from(told.join(nearest, true()))
    return found.where(tuple_(*columns[len(wanted) :]) == sought)
