"""What happened, by whom: the record of every change (docs/audit.md)."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.services import audit, sealing
from integration.store.audit import Filter
from integration.web.fields import Timestamp, Wire, camel
from integration.web.guard import merchant, runtime
from integration.web.lists import listed
from integration.web.objects import Moment
from integration.web.pagination import PageQuery, page_of
from integration.web.routes import Blueprint

blp = Blueprint("audit", __name__, url_prefix="/admin/api/v1", description="The record of changes")

READ = merchant("admin")
TEXT = validate.Length(min=1, max=100)


def newest_first() -> fields.String:
    """Return the field ``sort`` of a list that is read from its end."""
    return fields.String(
        load_default="-createdAt", validate=validate.OneOf(["createdAt", "-createdAt"])
    )


class AuditQuery(PageQuery):
    """Which rows: of a subject, by an actor, with an action, ``from`` a time ``to`` another."""

    subject = fields.String(load_default=None, validate=TEXT)
    actor = fields.String(load_default=None, validate=TEXT)
    action = fields.String(load_default=None, validate=TEXT)
    since = Moment(data_key="from", load_default=None)
    until = Moment(data_key="to", load_default=None)
    sort = newest_first()


class SegmentQuery(PageQuery):
    """``cursor``, ``limit``, and whether the newest come first."""

    sort = newest_first()


class Hex(fields.Field[bytes]):
    """Bytes, as lower-case hexadecimal digits."""

    def _serialize(self, value: bytes | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else value.hex()


class Precise(fields.Field[datetime]):
    """A time to the microsecond, as it was sealed."""

    def _serialize(self, value: datetime | None, *_: Any, **__: Any) -> str | None:
        return None if value is None else value.astimezone(UTC).isoformat()


class Fields(fields.Field[Mapping[str, Any]]):
    """The fields that changed, by their names on the wire."""

    def _serialize(self, value: Mapping[str, Any] | None, *_: Any, **__: Any) -> Any:
        if value is None:
            return None
        return {camel(name): each for name, each in value.items()}


class AuditView(Wire):
    """One change; personal and secret fields say only ``withheld``."""

    id = fields.String(required=True)
    timestamp = Timestamp(required=True, attribute="at")
    action = fields.String(required=True)
    actor = fields.String(required=True)
    subject_id = fields.String(required=True)
    experience_id = fields.String(required=True, allow_none=True)
    request_id = fields.String(required=True, allow_none=True)
    via = fields.String(required=True, allow_none=True)
    before = Fields(required=True, allow_none=True)
    after = Fields(required=True, allow_none=True)


@blp.endpoint(
    "GET", "/audit", READ, query=AuditQuery, answers={200: page_of(AuditView)}, limit="admin"
)
def list_audit(caller: Caller, query: dict[str, Any]) -> Any:
    """List what happened, the newest first."""
    rt, wanted = runtime(), _filter(query)
    return listed(caller, query, lambda part: audit.page(rt, caller.tenant, part, wanted), "audit")


@blp.endpoint(
    "GET",
    "/experiences/<experience_id>/audit",
    READ,
    query=AuditQuery,
    answers={200: page_of(AuditView)},
    limit="admin",
)
def list_experience_audit(caller: Caller, query: dict[str, Any], experience_id: str) -> Any:
    """List what happened in one experience, the newest first."""
    rt, wanted = runtime(), _filter(query)
    return listed(
        caller,
        query,
        lambda part: audit.page_of_experience(rt, caller.tenant, experience_id, part, wanted),
        f"audit:{experience_id}",
    )


class SegmentView(Wire):
    """A seal over part of the record; whoever keeps its hash can prove what came before."""

    number = fields.Integer(required=True)
    since = fields.Integer(required=True)
    through = fields.Integer(required=True)
    count = fields.Integer(required=True)
    root = Hex(required=True)
    previous = Hex(required=True)
    hash = Hex(required=True)
    key_id = fields.String(required=True, attribute="kid")
    signature = Hex(required=True)
    sealed_at = Precise(required=True)


@blp.endpoint(
    "GET",
    "/audit/segments",
    READ,
    query=SegmentQuery,
    answers={200: page_of(SegmentView)},
    limit="admin",
)
def list_audit_segments(caller: Caller, query: dict[str, Any]) -> Any:
    """List the seals, the newest first."""
    rt = runtime()
    return listed(
        caller, query, lambda part: sealing.page(rt, caller.tenant, part), "audit segments"
    )


def _filter(query: Mapping[str, Any]) -> Filter:
    return Filter(*(query[name] for name in Filter._fields))
