"""Lists: a merchant's filters, and the order of their making."""

from collections.abc import Callable, Sequence
from typing import Any

from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.store.rows import Slice
from integration.web.guard import runtime
from integration.web.pagination import PageQuery, page


class SortedQuery(PageQuery):
    """``cursor``, ``limit``, and whether the newest come first."""

    sort = fields.String(
        load_default="createdAt", validate=validate.OneOf(["createdAt", "-createdAt"])
    )


def listed(
    caller: Caller,
    query: dict[str, Any],
    find: Callable[[Slice], Sequence[Any]],
    name: str,
) -> dict[str, Any]:
    """Return one page of the list ``name``, as the query asks for it."""
    newest_first = query.get("sort") == "-createdAt"
    scope = ":".join([name, *caller.tenant, str(newest_first)])
    return page(
        runtime(), query, lambda after, limit: find(Slice(after, limit, newest_first)), scope
    )
