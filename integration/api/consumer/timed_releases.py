"""Timed releases: what everybody sees, and an admission for whoever comes in time."""

from typing import Any

from flask import Response, request
from marshmallow import fields

from integration.api.consumer.entries import (
    ENTERED,
    FINGERPRINT_HEADER,
    fingerprint,
    standing_routes,
)
from integration.api.consumer.schemas.public import PublicView
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.services import timed_releases
from integration.web.answers import json_answer
from integration.web.fields import Timestamp
from integration.web.guard import CONSUMER_ACTION, KEY, runtime
from integration.web.routes import Blueprint

blp = Blueprint(
    "timed_releases",
    __name__,
    url_prefix="/api/v1/timed-releases",
    description="Get in at once while there is some",
)


class TimedReleaseView(PublicView):
    """A timed release, as anybody with a key sees it."""

    per_consumer_limit = fields.Integer(required=True)
    next_wave_at = Timestamp(required=True, allow_none=True)


@blp.endpoint("GET", "/<release_id>", KEY, answers={200: TimedReleaseView}, limit="reading")
def show(caller: Caller, release_id: str) -> dict[str, Any]:
    """Describe a timed release."""
    return timed_releases.show(runtime(), caller.tenant, release_id)


@blp.endpoint(
    "POST",
    "/<line_id>/enter",
    CONSUMER_ACTION,
    answers=ENTERED,
    limit="queue_entry",
    headers=[FINGERPRINT_HEADER],
)
def enter(caller: Caller, line_id: str) -> Response:
    """Be admitted at once; 200 with the entry as it stands, if there is one."""
    device = fingerprint(request.headers.get("X-Fingerprint"))
    entered = timed_releases.enter(runtime(), caller, line_id, device)
    return json_answer(entered.body, 201 if entered.created else 200)


standing_routes(blp, DistributionType.TIMED_RELEASE)
