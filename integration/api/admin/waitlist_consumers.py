"""Who is on the waitlist of a sequence."""

from typing import Any

from marshmallow import fields, validate

from integration.engine.kinds.waitlist import WaitlistState
from integration.kernel.tenant import Caller
from integration.services import waitlists
from integration.web.fields import Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.lists import SortedQuery, listed
from integration.web.pagination import page_of
from integration.web.routes import Blueprint

blp = Blueprint(
    "waitlist_consumers",
    __name__,
    url_prefix="/admin/api/v1/sequences",
    description="Who wants to be told",
)


class WaitlistConsumerView(Wire):
    """Somebody who wants to be told, or has been."""

    id = fields.String(required=True)
    waitlist_id = fields.String(required=True, attribute="distribution_id")
    consumer_id = fields.String(required=True)
    status = fields.String(
        required=True,
        attribute="state",
        validate=validate.OneOf([each.value for each in WaitlistState]),
    )
    entered_at = Timestamp(required=True)
    notified_at = Timestamp(required=True, allow_none=True)


@blp.endpoint(
    "GET",
    "/<sequence_id>/waitlist/consumers",
    merchant("read:consumers"),
    query=SortedQuery,
    answers={200: page_of(WaitlistConsumerView)},
    limit="admin",
)
def list_waitlisted(caller: Caller, query: dict[str, Any], sequence_id: str) -> Any:
    """List who is or was on a sequence's waitlist."""
    rt = runtime()
    return listed(
        caller,
        query,
        lambda part: waitlists.of_sequence(rt, caller.tenant, sequence_id, part),
        f"waitlist:{sequence_id}",
    )
