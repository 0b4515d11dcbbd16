"""Experiences, as their merchant sets them up and runs them."""

from typing import Any

from flask import Response
from marshmallow import fields, validate

from integration.engine.windows import ExperienceStatus
from integration.kernel.tenant import Caller
from integration.services import copies, experiences, launches
from integration.web.fields import NAME, URL, Currency, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import NamedQuery, listed, sorting, wanted
from integration.web.objects import LocalTime, TimeZone, json_object, whole
from integration.web.pagination import page_of
from integration.web.routes import Blueprint
from integration.web.versions import expected_version, tagged

blp = Blueprint(
    "admin_experiences",
    __name__,
    url_prefix="/admin/api/v1/experiences",
    description="Set up experiences",
)

READ, WRITE = merchant("read:experiences"), merchant("write:experiences")
LARGEST_AUDIENCE = 1_000_000_000
FURTHEST_DAYS = 3_650
ID = validate.Length(min=1, max=64)
STATUSES = validate.OneOf([each.value for each in ExperienceStatus])
NOTICE = validate.Length(max=1_000)
SLUG = validate.And(
    validate.Length(max=100),
    validate.Regexp(
        r"[a-z0-9]+(?:-[a-z0-9]+)*\Z", error="Lower case letters, digits and single hyphens."
    ),
)


class ExperienceBody(Wire):
    """An experience; a naive time is read in ``timeZone``."""

    name = fields.String(required=True, validate=NAME)
    slug = fields.String(load_default=None, allow_none=True, validate=SLUG)
    open_at = LocalTime(load_default=None, allow_none=True)
    close_at = LocalTime(load_default=None, allow_none=True)
    time_zone = TimeZone(load_default="UTC")
    currency_code = Currency()
    checkout_url = fields.String(allow_none=True, validate=URL)
    connection_id = fields.String(load_default=None, allow_none=True, validate=ID)
    product_id = fields.String(load_default=None, allow_none=True, validate=ID)
    theme = json_object(load_default=None, allow_none=True)
    i18n = json_object(load_default=None, allow_none=True)
    notice = fields.String(load_default=None, allow_none=True, validate=NOTICE)
    expected_audience = whole(0, LARGEST_AUDIENCE, load_default=None, allow_none=True)


class ExperienceView(ExperienceBody):
    """An experience; its status follows from its times and its distributions."""

    id = fields.String(required=True)
    status = fields.String(required=True, validate=STATUSES)
    published_at = Timestamp(required=True, allow_none=True)
    ended_at = Timestamp(required=True, allow_none=True)
    created_at = Timestamp(required=True)


class ExperienceQuery(NamedQuery):
    """Which experiences; archived ones only where that ``status`` is asked for."""

    sort = sorting("name", "openAt")
    status = fields.String(load_default=None, validate=STATUSES)
    slug = fields.String(load_default=None, validate=SLUG)
    product_id = fields.String(load_default=None, validate=ID)
    connection_id = fields.String(load_default=None, validate=ID)


class CopyBody(Wire):
    """What the copy is called, and its times: cleared, or so many days after the original's."""

    name = fields.String(load_default=None, allow_none=True, validate=NAME)
    shift_days = whole(-FURTHEST_DAYS, FURTHEST_DAYS, load_default=None, allow_none=True)


class PublishedView(ExperienceView):
    """A published experience, and what its merchant should know."""

    warnings = fields.List(fields.String(), required=True)


@blp.endpoint(
    "POST",
    "",
    WRITE,
    body=ExperienceBody,
    answers={201: ExperienceView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def create_experience(caller: Caller, body: dict[str, Any]) -> Any:
    """Draft an experience; without checkoutUrl and connectionId it is the organization's."""
    return tagged(experiences.create(runtime(), caller.tenant, body), 201)


@blp.endpoint(
    "GET", "", READ, query=ExperienceQuery, answers={200: page_of(ExperienceView)}, limit="admin"
)
def list_experiences(caller: Caller, query: dict[str, Any]) -> Any:
    """List experiences."""
    rt, filters = runtime(), wanted(query)
    return listed(
        caller,
        query,
        lambda part: experiences.page(rt, caller.tenant, part, filters),
        "experiences",
    )


@blp.endpoint("GET", "/<experience_id>", READ, answers={200: ExperienceView}, limit="admin")
def get_experience(caller: Caller, experience_id: str) -> Any:
    """Show an experience."""
    return tagged(experiences.get(runtime(), caller.tenant, experience_id))


@blp.endpoint(
    "PATCH",
    "/<experience_id>",
    WRITE,
    body=ExperienceBody(partial=True),
    answers={200: ExperienceView},
    limit="admin",
)
def change_experience(caller: Caller, body: dict[str, Any], experience_id: str) -> Any:
    """Change an experience; which fields depends on whether it is published, or has ended."""
    version = expected_version()
    return tagged(experiences.update(runtime(), caller.tenant, experience_id, body, version))


@blp.endpoint("DELETE", "/<experience_id>", WRITE, answers={204: None}, limit="admin")
def archive_experience(caller: Caller, experience_id: str) -> Any:
    """Archive a draft, or an experience that has ended, with all that belongs to it."""
    experiences.archive(runtime(), caller.tenant, experience_id, expected_version())
    return Response(status=204)


@blp.endpoint(
    "POST",
    "/<experience_id>/duplicate",
    WRITE,
    body=CopyBody,
    answers={201: ExperienceView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def duplicate_experience(caller: Caller, body: dict[str, Any], experience_id: str) -> Any:
    """Draft an experience like this one, with all that it offers and nobody in it."""
    rt, name, days = runtime(), body["name"], body["shift_days"]
    return tagged(copies.duplicate(rt, caller.tenant, experience_id, name, days), 201)


@blp.endpoint(
    "POST",
    "/<experience_id>/publish",
    WRITE,
    answers={200: PublishedView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def publish_experience(caller: Caller, experience_id: str) -> Any:
    """Let consumers see an experience; stock is fixed with this."""
    published = launches.publish(runtime(), caller.tenant, experience_id)
    published.experience.warnings = published.warnings
    return tagged(published.experience)


@blp.endpoint(
    "POST",
    "/<experience_id>/pause",
    WRITE,
    answers={200: ExperienceView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def pause_experience(caller: Caller, experience_id: str) -> Any:
    """Stop admissions in all of it; entries go on."""
    return tagged(launches.pause(runtime(), caller.tenant, experience_id))


@blp.endpoint(
    "POST",
    "/<experience_id>/resume",
    WRITE,
    answers={200: ExperienceView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def resume_experience(caller: Caller, experience_id: str) -> Any:
    """Let admissions go on in all of it."""
    return tagged(launches.resume(runtime(), caller.tenant, experience_id))


@blp.endpoint(
    "POST",
    "/<experience_id>/end",
    WRITE,
    answers={200: ExperienceView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def end_experience(caller: Caller, experience_id: str) -> Any:
    """End all of it for good; those waiting are denied with QUEUE_CLOSED."""
    return tagged(launches.end(runtime(), caller.tenant, experience_id))
