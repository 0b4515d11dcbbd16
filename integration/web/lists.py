"""Lists: a merchant's filters, and the order that they want."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Any

from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.store.rows import Slice
from integration.web.fields import NAME
from integration.web.guard import runtime
from integration.web.pagination import PageQuery, page

MADE = "createdAt"
COLUMNS: Mapping[str, str] = MappingProxyType(
    {"name": "name", "openAt": "open_at", "priority": "priority"}
)
"""The columns that a list may be sorted by, besides the order of making."""


def sorting(*names: str) -> fields.String:
    """Return the field ``sort`` of a list: ``createdAt`` or one of these, ``-`` turns it round."""
    known = [MADE, *names]
    said = "The order; with a hyphen the other way round. Equal ones come as they were made."
    return fields.String(
        load_default=MADE,
        validate=validate.OneOf([*known, *(f"-{each}" for each in known)]),
        metadata={"description": said},
    )


def holding(what: str) -> fields.String:
    """Return a filter: part of a text, in whichever case."""
    said = f"Part of the {what}, in upper or lower case."
    return fields.String(load_default=None, validate=NAME, metadata={"description": said})


class SortedQuery(PageQuery):
    """``cursor``, ``limit``, and whether the newest come first."""

    sort = sorting()


class NamedQuery(PageQuery):
    """``cursor``, ``limit``, part of a name, and the order: by making or by name."""

    sort = sorting("name")
    name = holding("name")


def wanted(query: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters of a query, those that say nothing left out."""
    return {
        name: value
        for name, value in query.items()
        if name not in {"cursor", "limit", "sort"} and value is not None
    }


def listed(
    caller: Caller,
    query: dict[str, Any],
    find: Callable[[Slice], Sequence[Any]],
    name: str,
) -> dict[str, Any]:
    """Return one page of the list ``name``, as the query asks for it.

    A cursor belongs to the filters and the order that it was made for.
    """
    sort = query.get("sort") or MADE
    column = COLUMNS.get(sort.removeprefix("-"))
    filters = [f"{key}={value}" for key, value in sorted(wanted(query).items())]
    scope = ":".join([name, *caller.tenant, sort, *filters])

    def behind(place: tuple[str, Any] | None, limit: int) -> Sequence[Any]:
        after, value = place or (None, None)
        return find(Slice(after, limit, sort.startswith("-"), column, value))

    return page(runtime(), query, behind, scope, partial(_place, column))


def _place(column: str | None, row: Any) -> tuple[str, Any]:
    value = None if column is None else getattr(row, column)
    return row.id, value.isoformat() if isinstance(value, datetime) else value
