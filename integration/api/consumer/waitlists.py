"""Waitlists: to be told when a sequence opens."""

from flask import Response
from marshmallow import fields, validate

from integration.api.consumer.schemas.status import WaitlistStatusView
from integration.kernel.tenant import Caller
from integration.services import waitlists
from integration.web.answers import json_answer
from integration.web.fields import Wire
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
