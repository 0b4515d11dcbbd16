"""Lists: opaque signed cursors, stable under inserts (contract.md, section 1)."""

from collections.abc import Callable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from marshmallow import Schema, fields, validate

from integration.kernel.errors import Detail, ValidationFailed
from integration.runtime import Runtime
from integration.web.fields import Wire

DEFAULT_LIMIT = 50
MOST = 100


class PageQuery(Wire):
    """``cursor`` and ``limit``."""

    cursor = fields.String(load_default=None)
    limit = fields.Integer(load_default=DEFAULT_LIMIT, validate=validate.Range(1, MOST))


class PageInfo(Wire):
    """Where the next page begins."""

    end_cursor = fields.String(allow_none=True, required=True)
    has_next_page = fields.Boolean(required=True)


@cache
def page_of(schema: type[Schema]) -> type[Schema]:
    """Return the schema of a page of these."""
    name = schema.__name__.removesuffix("Body") + "Page"
    return Wire.from_dict(
        {
            "data": fields.List(fields.Nested(schema), required=True),
            "page_info": fields.Nested(PageInfo, required=True),
        },
        name=name,
    )


def page(
    rt: Runtime,
    query: dict[str, Any],
    find: Callable[[Any, int], Sequence[Any]],
    scope: str,
    place: Callable[[Any], Any] = attrgetter("id"),
) -> dict[str, Any]:
    """Return one page: ``find(after, limit)`` yields rows behind the ``place`` of another one.

    A cursor belongs to its ``scope`` (the list and its owner); another's is refused.
    """
    signer = URLSafeSerializer(rt.vault.derive_all("cursor"), salt=scope)
    rows = list(find(_read(signer, query["cursor"]), query["limit"] + 1))
    more = len(rows) > query["limit"]
    rows = rows[: query["limit"]]
    end = signer.dumps(place(rows[-1])) if rows else None
    return {"data": rows, "page_info": {"end_cursor": end, "has_next_page": more}}


def _read(signer: URLSafeSerializer, cursor: str | None) -> Any:
    if cursor is None:
        return None
    try:
        return signer.loads(cursor)
    except BadSignature as error:
        said = "Not a cursor of this list, its filters and its order. Start again without one."
        raise ValidationFailed(details=[Detail("cursor", said)]) from error
