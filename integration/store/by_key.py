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
    last: Sequence[Iterable[str]],
    *where: ColumnElement[bool],
    most: int = 1,
) -> Select[Any]:
    """Select columns of the rows whose key begins with ``first`` and ends as one of ``last``.

    ``last`` has a list for each of the key's last columns, ``most`` is how many rows may have one
    key. Each is looked for as the greatest that is not above it, which only the key's own index
    can answer without sorting; ``many.plan_anew`` keeps the planner from sorting. Asked for
    equals, a planner that knows nothing of a table yet, as in the first sync of a new
    installation, takes any index for as good, and reads all of a merchant's rows.
    """
    names = [f"last_{number}" for number in range(len(last))]
    lists = [literal(list(each), ARRAY(Text)) for each in last]
    told = func.unnest(*lists).table_valued(*names).render_derived()
    sought = tuple_(*map(literal, first), *told.c)
    nearest = (
        select(*wanted, *(each.label(f"key_{number}") for number, each in enumerate(key)))
        .where(*where, tuple_(*key) <= sought)
        .order_by(*(each.desc() for each in key))
        .limit(literal_column(str(most)))
        .lateral()
    )
    columns = list(nearest.c)
    found = select(*columns[: len(wanted)]).select_from(told.join(nearest, true()))
    return found.where(tuple_(*columns[len(wanted) :]) == sought)
