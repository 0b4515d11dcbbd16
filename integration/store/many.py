"""Writing many rows by one statement, which stays the same however many they are.

One with a parameter for each value would be built anew every time, which takes longer than the
database has to do with it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, column, func, literal, select, text, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, Insert, insert
from sqlalchemy.orm import Session

from integration.store.models.base import Base

Rows = Sequence[Mapping[str, Any]]

_ANEW = text(
    "SELECT set_config('plan_cache_mode', 'force_custom_plan', true),"
    " set_config('enable_sort', 'off', true),"
    " set_config('enable_incremental_sort', 'off', true)"
)


def plan_anew(session: Session) -> None:
    """Have the rest of this transaction planned for the tables as large as they are now.

    A prepared statement's plan may be from when there was next to nothing to look through, and
    is kept until somebody has analyzed the table. Statistics that do not know a merchant make
    sorting their one supposed row, wholly or within an index that begins alike, as good as their
    key's own index, which needs no sorting.
    """
    session.execute(_ANEW)


def insert_rows(model: type[Base], names: Sequence[str], rows: Rows) -> Insert:
    """Insert these columns of rows, in the order of the first.

    One order everywhere, so that two who write the same rows cannot wait for each other.
    """
    table = cast("Table", model.__table__)
    kinds = [table.c[name].type for name in names]
    arrays = [
        literal([row[name] for row in rows], ARRAY(kind))
        for name, kind in zip(names, kinds, strict=True)
    ]
    told = func.unnest(*arrays).table_valued(*map(column, names, kinds)).render_derived()
    in_order = select(*told.c).order_by(told.c[names[0]])
    return insert(table).from_select(names, in_order, include_defaults=False)


def upsert_rows(
    model: type[Base], fixed: Sequence[str], told: Sequence[str], rows: Rows, **stamps: Any
) -> Insert:
    """Insert rows, or change the columns ``told`` of those whose ``id`` exists.

    A row that is as told already is not touched; ``stamps`` are set where one is.
    """
    new = insert_rows(model, ("id", *fixed, *told), rows)
    kept = tuple_(*(getattr(model, name) for name in told))
    return new.on_conflict_do_update(
        index_elements=["id"],
        set_={name: new.excluded[name] for name in told} | stamps,
        where=kept.is_distinct_from(tuple_(*(new.excluded[name] for name in told))),
    )
