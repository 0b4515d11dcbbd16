"""Consumers, for the merchant's server."""

from typing import Any

from marshmallow import fields

from integration.kernel.tenant import Caller
from integration.services import consumers
from integration.web.fields import Timestamp, Wire
from integration.web.guard import runtime, secret_row
from integration.web.routes import Blueprint

blp = Blueprint(
    "consumer_profiles", __name__, url_prefix="/api/v1/consumers", description="Who takes part"
)


class ProfileView(Wire):
    """Who somebody is; what is not known is null."""

    id = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    full_name = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)


@blp.endpoint(
    "GET",
    "/<consumer_id>",
    secret_row("read:consumers"),
    answers={200: ProfileView},
    limit="server",
)
def show(caller: Caller, consumer_id: str) -> Any:
    """Show a consumer to the merchant's server."""
    return consumers.get(runtime(), caller.tenant, consumer_id)
