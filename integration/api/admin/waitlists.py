"""Waitlists, as their merchant sets them up and runs them."""

from typing import Any

from marshmallow import fields, post_load

from integration.api.admin.schemas.distributions import (
    STATES,
    STATUSES,
    DistributionBody,
    DistributionFields,
)
from integration.api.admin.set_up import set_up_routes
from integration.engine.kinds import DistributionType
from integration.web.fields import Timestamp, Wire
from integration.web.routes import Blueprint

blp = Blueprint(
    "admin_waitlists",
    __name__,
    url_prefix="/admin/api/v1/waitlists",
    description="Set up waitlists",
)

OWN = ("sequence_id", "name")
UNUSED = {
    name: value
    for name, value in DistributionFields().load({"sequenceId": "none"}).items()
    if name not in OWN
}
"""What every distribution has, and no waitlist uses."""


class WaitlistBody(DistributionBody):
    """A waitlist: of one sequence, which has no other."""

    class Meta(DistributionBody.Meta):
        """Take these two alone."""

        fields = OWN

    @post_load
    def complete(self, data: dict[str, Any], *, partial: Any, **_: Any) -> dict[str, Any]:
        """Leave the rest as it is by default."""
        return data if partial else {**UNUSED, **data}


class AdminWaitlistView(Wire):
    """A waitlist and its state."""

    id = fields.String(required=True)
    experience_id = fields.String(required=True)
    sequence_id = fields.String(required=True)
    type = fields.String(required=True, attribute="kind")
    name = fields.String(required=True)
    state = fields.String(required=True, validate=STATES)
    status = fields.String(required=True, allow_none=True, validate=STATUSES)
    created_at = Timestamp(required=True)


set_up_routes(blp, DistributionType.WAITLIST, WaitlistBody, AdminWaitlistView)
