"""Waitlists: to be told when a sequence opens."""

from flask import Response
from marshmallow import fields, validate

from integration.engine.kinds.waitlist import WaitlistState
from integration.kernel.tenant import Caller
from integration.services import waitlists
from integration.web.answers import json_answer
from integration.web.fields import Timestamp, Wire
from integration.web.guard import CONSUMER_ACTION, runtime
from integration.web.routes import Blueprint

blp = Blueprint(
    "waitlists",
    __name__,
    url_prefix="/api/v1/waitlists",
    description="Be told when it opens",
)


class WaitlistView(Wire):
    """A waitlist, as the page of its experience shows it."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    sequence_id = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf(["PENDING", "OPEN", "PAUSED", "CLOSED"])
    )


class WaitlistStatusView(Wire):
    """Whether a consumer is on a waitlist: never a position, never access."""

    waitlist_id = fields.String(required=True)
    consumer_id = fields.String(required=True)
    experience_id = fields.String(required=True)
    sequence_id = fields.String(required=True)
    status = fields.String(
        required=True, validate=validate.OneOf([each.value for each in WaitlistState])
    )
    entered_at = Timestamp(required=True)
    notified_at = Timestamp(required=True, allow_none=True)


@blp.endpoint(
    "POST",
    "/<waitlist_id>/enter",
    CONSUMER_ACTION,
    answers={201: WaitlistStatusView, 200: WaitlistStatusView},
    limit="queue_entry",
)
def enter(caller: Caller, waitlist_id: str) -> Response:
    """Ask to be told when it opens; 200 if you have asked before."""
    entered = waitlists.enter(runtime(), caller, waitlist_id)
    return json_answer(entered.body, 201 if entered.created else 200)


@blp.endpoint(
    "POST",
    "/<waitlist_id>/leave",
    CONSUMER_ACTION,
    answers={200: WaitlistStatusView},
    limit="queue_entry",
)
def leave(caller: Caller, waitlist_id: str) -> Response:
    """Ask not to be told any more."""
    return json_answer(waitlists.leave(runtime(), caller, waitlist_id))


@blp.endpoint(
    "GET",
    "/<waitlist_id>/status",
    CONSUMER_ACTION,
    answers={200: WaitlistStatusView},
    limit="status",
)
def status(caller: Caller, waitlist_id: str) -> Response:
    """Tell whether you are on the waitlist, and whether it has opened."""
    return json_answer(waitlists.status(runtime(), caller, waitlist_id))
