"""Queues, as their merchant sets them up and runs them."""

from collections.abc import Callable
from typing import Any, ClassVar

from flask import Response
from marshmallow import fields, validate

from integration.api.admin.schemas.distributions import (
    MOST,
    DistributionBody,
    DistributionQuery,
    DistributionView,
    EntryQuery,
    EntryView,
)
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.services import distributions, entries, switches
from integration.store.entries import Filter
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import listed
from integration.web.objects import whole
from integration.web.pagination import page_of
from integration.web.routes import Blueprint, View
from integration.web.versions import expected_version, tagged

blp = Blueprint(
    "admin_queues", __name__, url_prefix="/admin/api/v1/queues", description="Set up queues"
)

QUEUE = DistributionType.QUEUE
DISPLAYS = validate.OneOf(["precise", "qualitative"])
DAY_SECONDS = 86_400
ABSENCE_SECONDS = 180
READ, WRITE = merchant("read:experiences"), merchant("write:experiences")


class QueueBody(DistributionBody):
    """A queue; ``admissionRate`` is a minute's, null is as fast as stock and checkout allow."""

    RULES: ClassVar[tuple[str, ...]] = (
        "admission_rate",
        "max_active_admissions",
        "position_display",
        "absence_seconds",
    )

    admission_rate = whole(0, 1_000_000, load_default=None, allow_none=True)
    max_active_admissions = whole(1, MOST, load_default=None, allow_none=True)
    position_display = fields.String(load_default="precise", validate=DISPLAYS)
    absence_seconds = whole(0, DAY_SECONDS, load_default=ABSENCE_SECONDS)


class AdminQueueView(DistributionView):
    """A queue, its state and its counters."""

    admission_rate = fields.Integer(
        required=True, allow_none=True, attribute="rules.admissionRate", dump_default=None
    )
    max_active_admissions = fields.Integer(
        required=True, allow_none=True, attribute="rules.maxActiveAdmissions", dump_default=None
    )
    position_display = fields.String(
        required=True, attribute="rules.positionDisplay", dump_default="precise"
    )
    absence_seconds = fields.Integer(
        required=True, attribute="rules.absenceSeconds", dump_default=ABSENCE_SECONDS
    )


@blp.endpoint(
    "POST",
    "",
    WRITE,
    body=QueueBody,
    answers={201: AdminQueueView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def create_queue(caller: Caller, body: dict[str, Any]) -> Any:
    """Add a queue: to a draft as a draft, to a published experience at once."""
    return tagged(distributions.create(runtime(), caller.tenant, QUEUE, body), 201)


@blp.endpoint(
    "GET",
    "",
    READ,
    query=DistributionQuery,
    answers={200: page_of(AdminQueueView)},
    limit="admin",
)
def list_queues(caller: Caller, query: dict[str, Any]) -> Any:
    """List queues."""
    rt = runtime()
    wanted = {name: query[name] for name in ("experience_id", "sequence_id")}
    return listed(
        caller,
        query,
        lambda part: distributions.page(rt, caller.tenant, QUEUE, part, wanted),
        "queues",
    )


@blp.endpoint("GET", "/<queue_id>", READ, answers={200: AdminQueueView}, limit="admin")
def get_queue(caller: Caller, queue_id: str) -> Any:
    """Show a queue with its counters."""
    return tagged(distributions.get(runtime(), caller.tenant, QUEUE, queue_id))


@blp.endpoint(
    "PATCH",
    "/<queue_id>",
    WRITE,
    body=QueueBody(partial=True),
    answers={200: AdminQueueView},
    limit="admin",
)
def change_queue(caller: Caller, body: dict[str, Any], queue_id: str) -> Any:
    """Change a queue; which fields depends on the state it is in."""
    version = expected_version()
    return tagged(
        distributions.update(runtime(), caller.tenant, QUEUE, queue_id, body, expected=version)
    )


@blp.endpoint("DELETE", "/<queue_id>", WRITE, answers={204: None}, limit="admin")
def archive_queue(caller: Caller, queue_id: str) -> Any:
    """Archive a draft, or a queue that has ended."""
    distributions.archive(runtime(), caller.tenant, QUEUE, queue_id, expected_version())
    return Response(status=204)


def _switch(name: str) -> Callable[[View], View]:
    """Add one of the POST routes that change a queue's state."""
    return blp.endpoint(
        "POST",
        f"/<queue_id>/{name}",
        WRITE,
        answers={200: AdminQueueView},
        limit="admin",
        keyed=Keyed.WITH_EFFECT,
    )


@_switch("open")
def open_queue(caller: Caller, queue_id: str) -> Any:
    """Take entries from now on; a closed queue opens again."""
    return tagged(switches.open_now(runtime(), caller.tenant, QUEUE, queue_id))


@_switch("pause")
def pause_queue(caller: Caller, queue_id: str) -> Any:
    """Admit nobody for now; entries go on."""
    return tagged(switches.pause(runtime(), caller.tenant, QUEUE, queue_id))


@_switch("resume")
def resume_queue(caller: Caller, queue_id: str) -> Any:
    """Admit again."""
    return tagged(switches.resume(runtime(), caller.tenant, QUEUE, queue_id))


@_switch("close")
def close_queue(caller: Caller, queue_id: str) -> Any:
    """Take no more entries; the line is still served."""
    return tagged(switches.close(runtime(), caller.tenant, QUEUE, queue_id))


@_switch("end")
def end_queue(caller: Caller, queue_id: str) -> Any:
    """End the queue for good; those waiting are denied with QUEUE_CLOSED."""
    return tagged(switches.end(runtime(), caller.tenant, QUEUE, queue_id))


@blp.endpoint(
    "GET",
    "/<queue_id>/participations",
    merchant("read:admissions"),
    query=EntryQuery,
    answers={200: page_of(EntryView)},
    limit="admin",
)
def list_entries(caller: Caller, query: dict[str, Any], queue_id: str) -> Any:
    """List who is in the queue, by number."""
    rt = runtime()
    wanted = Filter(query["consumer_id"], query["status"], query["number"])
    return listed(
        caller,
        query,
        lambda part: entries.page(rt, caller.tenant, QUEUE, queue_id, part, wanted=wanted),
        f"entries:{queue_id}",
    )
