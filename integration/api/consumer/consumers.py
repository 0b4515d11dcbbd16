"""Consumers: oneself with all that one takes part in, and anybody for the merchant's server."""

from typing import Any

from flask import Response

from integration.api.consumer.schemas.profile import OwnProfileView, ProfileView
from integration.kernel.tenant import Caller
from integration.services import consumers, profiles
from integration.web.answers import json_answer
from integration.web.guard import SIGNED_IN, runtime, secret_row
from integration.web.routes import Blueprint

blp = Blueprint(
    "consumer_profiles", __name__, url_prefix="/api/v1/consumers", description="Who takes part"
)


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
