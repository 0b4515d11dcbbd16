"""Consumers: oneself with all that one takes part in, and anybody for the merchant's server."""

from typing import Any

from flask import Response
from marshmallow import fields

from integration.api.consumer.schemas.status import StatusView
from integration.kernel.tenant import Caller
from integration.services import consumers, profiles
from integration.web.answers import json_answer
from integration.web.fields import Timestamp, Wire
from integration.web.guard import SIGNED_IN, runtime, secret_row
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


class ActiveView(Wire):
    """Live entries by kind and id, the way back to each, and the admissions by id."""

    experiences = fields.Dict(required=True)
    queues = fields.Dict(keys=fields.String(), values=fields.Nested(StatusView), required=True)
    draws = fields.Dict(required=True)
    auctions = fields.Dict(required=True)
    timed_releases = fields.Dict(required=True)
    appointments = fields.Dict(required=True)
    admissions = fields.Dict(required=True)
    journeys = fields.List(fields.Dict(), required=True)


class OwnProfileView(ProfileView):
    """Who one is, and all that one takes part in."""

    active = fields.Nested(ActiveView, required=True)


@blp.endpoint("GET", "/me", SIGNED_IN, answers={200: OwnProfileView}, limit="reading")
def show_me(caller: Caller) -> Response:
    """Show who you are, and all that you take part in."""
    profile = profiles.mine(runtime(), caller)
    shown: dict[str, Any] = ProfileView().dump(profile.consumer)
    return json_answer(shown | {"active": profile.active})


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
