"""Audiences: whom sequences are for."""

import math
from collections.abc import Callable
from typing import Any

from flask import Response, request
from marshmallow import ValidationError, fields, validate

from integration.engine.audiences import Operator
from integration.engine.member_lists import BadList, read
from integration.kernel.errors import Detail, ValidationFailed
from integration.kernel.tenant import Caller
from integration.services import audiences
from integration.services.audiences import Added
from integration.web.fields import NAME, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import NamedQuery, SortedQuery, listed, wanted
from integration.web.objects import Whole
from integration.web.pagination import page_of
from integration.web.routes import Blueprint
from integration.web.versions import expected_version, tagged

blp = Blueprint(
    "audiences",
    __name__,
    url_prefix="/admin/api/v1/audiences",
    description="Whom sequences are for",
)


def take_long_lists() -> None:
    """Let a list be longer than other bodies may be."""
    if request.mimetype == CSV:
        request.max_content_length = LARGEST_LIST


blp.before_request(take_long_lists)

READ, WRITE = merchant("read:experiences"), merchant("write:experiences")
CSV = "text/csv"
LARGEST_LIST = 10 << 20
MOST_MEMBERS, MOST_RULES, MOST_VALUES = 10_000, 100, 1_000
TYPES = validate.OneOf(["STATIC", "DYNAMIC"])
OPERATORS = validate.OneOf([each.value for each in Operator])
ID = validate.Length(min=1, max=64)
FACT: Callable[[str], str] = validate.Length(min=1, max=200)


class Comparable(fields.Field[str | int | float | bool]):
    """What a fact is compared with: a text, a number, true or false."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str | int | float | bool:
        if isinstance(value, str):
            return FACT(value)
        if isinstance(value, int | float) and math.isfinite(value):
            return value
        raise ValidationError("Not a text, a number, true or false.")


class RuleBody(Wire):
    """One condition. Rules of one group hold together; of several groups one is enough."""

    field = fields.String(required=True, validate=FACT)
    operator = fields.String(required=True, validate=OPERATORS)
    values = fields.List(
        Comparable(), required=True, validate=validate.Length(min=1, max=MOST_VALUES)
    )
    group_id = fields.String(load_default=None, allow_none=True, validate=ID)


class AudienceBody(Wire):
    """An audience: a STATIC one has members, a DYNAMIC one rules."""

    name = fields.String(required=True, validate=NAME)
    rules = fields.List(
        Whole(RuleBody), load_default=list, validate=validate.Length(max=MOST_RULES)
    )


class NewAudienceBody(AudienceBody):
    """An audience to make; it stays of its type."""

    type = fields.String(required=True, validate=TYPES)


class AudienceView(NewAudienceBody):
    """An audience."""

    id = fields.String(required=True)
    created_at = Timestamp(required=True)


class AudienceQuery(NamedQuery):
    """Which audiences."""

    type = fields.String(load_default=None, validate=TYPES)


class MembersBody(Wire):
    """Consumers to add."""

    consumer_ids = fields.List(
        fields.String(validate=ID),
        required=True,
        validate=validate.Length(min=1, max=MOST_MEMBERS),
    )


class MembersView(Wire):
    """What became of them; ``notFoundLines`` are the first 100 of a list's unknown ones."""

    added = fields.Integer(required=True)
    unchanged = fields.Integer(required=True)
    not_found = fields.Integer(required=True)
    not_found_lines = fields.List(fields.Integer(), required=True)


class MemberView(Wire):
    """A consumer of an audience."""

    consumer_id = fields.String(required=True)
    added_at = Timestamp(required=True)


@blp.endpoint(
    "POST",
    "",
    WRITE,
    body=NewAudienceBody,
    answers={201: AudienceView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def create_audience(caller: Caller, body: dict[str, Any]) -> Any:
    """Make an audience."""
    return tagged(audiences.create(runtime(), caller.tenant, body), 201)


@blp.endpoint(
    "GET", "", READ, query=AudienceQuery, answers={200: page_of(AudienceView)}, limit="admin"
)
def list_audiences(caller: Caller, query: dict[str, Any]) -> Any:
    """List audiences."""
    rt, filters = runtime(), wanted(query)
    return listed(
        caller, query, lambda part: audiences.page(rt, caller.tenant, part, filters), "audiences"
    )


@blp.endpoint("GET", "/<audience_id>", READ, answers={200: AudienceView}, limit="admin")
def get_audience(caller: Caller, audience_id: str) -> Any:
    """Show an audience."""
    return tagged(audiences.get(runtime(), caller.tenant, audience_id))


@blp.endpoint(
    "PATCH",
    "/<audience_id>",
    WRITE,
    body=AudienceBody(partial=True),
    answers={200: AudienceView},
    limit="admin",
)
def change_audience(caller: Caller, body: dict[str, Any], audience_id: str) -> Any:
    """Change an audience; with other rules, everybody is routed again."""
    version = expected_version()
    return tagged(audiences.update(runtime(), caller.tenant, audience_id, body, version))


@blp.endpoint("DELETE", "/<audience_id>", WRITE, answers={204: None}, limit="admin")
def archive_audience(caller: Caller, audience_id: str) -> Any:
    """Archive an audience that no sequence is for."""
    audiences.archive(runtime(), caller.tenant, audience_id, expected_version())
    return Response(status=204)


@blp.endpoint(
    "GET",
    "/<audience_id>/members",
    READ,
    query=SortedQuery,
    answers={200: page_of(MemberView)},
    limit="admin",
)
def list_members(caller: Caller, query: dict[str, Any], audience_id: str) -> Any:
    """List a STATIC audience's members."""
    rt = runtime()
    return listed(
        caller,
        query,
        lambda part: audiences.members(rt, caller.tenant, audience_id, part),
        f"members:{audience_id}",
    )


@blp.endpoint(
    "POST",
    "/<audience_id>/members",
    WRITE,
    answers={200: MembersView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
@blp.doc(  # type: ignore[untyped-decorator]
    requestBody={
        "required": True,
        "content": {
            "application/json": {"schema": MembersBody},
            CSV: {
                "schema": {"type": "string"},
                "example": "email\njohn@example.com\n",
            },
        },
    }
)
def add_members(caller: Caller, audience_id: str) -> Added:
    """Add members: by id, all or none, or a CSV list by consumerId or email, up to 10 MiB."""
    rt = runtime()
    if request.mimetype != CSV:
        body = blp.ARGUMENTS_PARSER.parse(MembersBody, request, location="json")
        return audiences.add_members(rt, caller.tenant, audience_id, body["consumer_ids"])
    try:
        given = read(request.get_data())
    except BadList as error:
        raise ValidationFailed(details=[Detail("", str(error))]) from error
    return audiences.import_members(rt, caller.tenant, audience_id, given)


@blp.endpoint(
    "DELETE", "/<audience_id>/members/<consumer_id>", WRITE, answers={204: None}, limit="admin"
)
def remove_member(caller: Caller, audience_id: str, consumer_id: str) -> Response:
    """Take a consumer out of an audience, and close what it had opened to them."""
    audiences.remove_member(runtime(), caller.tenant, audience_id, consumer_id)
    return Response(status=204)
