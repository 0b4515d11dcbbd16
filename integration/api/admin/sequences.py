"""Sequences: the ways into an experience."""

from typing import Any

from flask import Response
from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.services import sequences
from integration.web.fields import NAME, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import NamedQuery, listed, sorting, wanted
from integration.web.objects import whole
from integration.web.pagination import page_of
from integration.web.routes import Blueprint
from integration.web.versions import expected_version, tagged

blp = Blueprint(
    "sequences",
    __name__,
    url_prefix="/admin/api/v1/sequences",
    description="Ways into an experience",
)

READ, WRITE = merchant("read:experiences"), merchant("write:experiences")
HIGHEST = 1_000_000
ID = validate.Length(min=1, max=64)
CODE = validate.Regexp(
    r"\s*\S(?:.{0,126}\S)?\s*\Z", error="Not a code of 1 to 128 characters on one line."
)
COLOR = validate.Regexp(
    r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\Z",
    error="Not a color, such as #ff0066.",
)


class SequenceFields(Wire):
    """A way into an experience; the highest priority is tried first."""

    name = fields.String(required=True, validate=NAME)
    priority = whole(-HIGHEST, HIGHEST, load_default=0)
    color = fields.String(load_default=None, allow_none=True, validate=COLOR)
    audience_id = fields.String(load_default=None, allow_none=True, validate=ID)
    require_authentication = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    bot_check = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class SequenceBody(SequenceFields):
    """What may change about a sequence; a change of its gates has everybody routed again."""

    access_code = fields.String(load_default=None, allow_none=True, validate=CODE)


class NewSequenceBody(SequenceBody):
    """A sequence to make; it stays in its experience."""

    experience_id = fields.String(required=True, validate=ID)


class SequenceView(SequenceFields):
    """A sequence; its access code is never told."""

    id = fields.String(required=True)
    experience_id = fields.String(required=True)
    has_access_code = fields.Boolean(required=True)
    created_at = Timestamp(required=True)


class SequenceQuery(NamedQuery):
    """Which sequences."""

    sort = sorting("name", "priority")
    experience_id = fields.String(load_default=None, validate=ID)
    audience_id = fields.String(load_default=None, validate=ID)


@blp.endpoint(
    "POST",
    "",
    WRITE,
    body=NewSequenceBody,
    answers={201: SequenceView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def create_sequence(caller: Caller, body: dict[str, Any]) -> Any:
    """Add a sequence to an experience."""
    return tagged(sequences.create(runtime(), caller.tenant, body), 201)


@blp.endpoint(
    "GET", "", READ, query=SequenceQuery, answers={200: page_of(SequenceView)}, limit="admin"
)
def list_sequences(caller: Caller, query: dict[str, Any]) -> Any:
    """List sequences."""
    rt, filters = runtime(), wanted(query)
    return listed(
        caller, query, lambda part: sequences.page(rt, caller.tenant, part, filters), "sequences"
    )


@blp.endpoint("GET", "/<sequence_id>", READ, answers={200: SequenceView}, limit="admin")
def get_sequence(caller: Caller, sequence_id: str) -> Any:
    """Show a sequence."""
    return tagged(sequences.get(runtime(), caller.tenant, sequence_id))


@blp.endpoint(
    "PATCH",
    "/<sequence_id>",
    WRITE,
    body=SequenceBody(partial=True),
    answers={200: SequenceView},
    limit="admin",
)
def change_sequence(caller: Caller, body: dict[str, Any], sequence_id: str) -> Any:
    """Change a sequence."""
    version = expected_version()
    return tagged(sequences.update(runtime(), caller.tenant, sequence_id, body, version))


@blp.endpoint("DELETE", "/<sequence_id>", WRITE, answers={204: None}, limit="admin")
def archive_sequence(caller: Caller, sequence_id: str) -> Any:
    """Archive a sequence that holds nothing any more."""
    sequences.archive(runtime(), caller.tenant, sequence_id, expected_version())
    return Response(status=204)
