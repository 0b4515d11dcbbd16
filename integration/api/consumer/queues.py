"""Queues: what everybody sees, and a consumer's place in one."""

from typing import Any

from flask import Response, request
from marshmallow import fields, validate

from integration.api.consumer.entries import entry_routes
from integration.api.consumer.schemas.public import PublicView
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.services import line_cards, queues
from integration.web.fields import Timestamp, Wire
from integration.web.guard import KEY, NOBODY, runtime
from integration.web.request_ids import BARE
from integration.web.routes import Blueprint

blp = Blueprint("queues", __name__, url_prefix="/api/v1/queues", description="Wait in line")


class ShuffleView(Wire):
    """A lobby's shuffle: fixed by the commitment before opening, recomputable by the seed after."""

    commitment = fields.String(required=True)
    seed = fields.String(required=True, allow_none=True)
    lobby_count = fields.Integer(required=True, allow_none=True)


class QueueView(PublicView):
    """A queue, as anybody with a key sees it; the last two where it has a lobby."""

    position_display = fields.String(
        required=True, validate=validate.OneOf(["precise", "qualitative"])
    )
    lobby_opens_at = fields.String()
    shuffle = fields.Nested(ShuffleView, allow_none=True)


class PresenceView(Wire):
    """Who is asked for signs of life: numbers up to this one, this often."""

    up_to = fields.Integer(required=True)
    every_ms = fields.Integer(required=True)


class LineCardView(Wire):
    """The line card: the same for everybody, for a second (design.md, D6)."""

    queue_id = fields.String(required=True)
    version = fields.Integer(required=True)
    status = fields.String(required=True)
    server_time = Timestamp(required=True)
    serving = fields.Integer(required=True)
    tail = fields.Integer(required=True)
    waiting = fields.Integer(required=True)
    numbers_served_per_minute = fields.Float(required=True, allow_none=True)
    poll_after_ms = fields.Integer(required=True)
    presence = fields.Nested(PresenceView, required=True)
    marks = fields.List(fields.List(fields.Integer()))
    notice = fields.String(required=True, allow_none=True)


@blp.endpoint("GET", "/<queue_id>", KEY, answers={200: QueueView}, limit="reading")
def show(caller: Caller, queue_id: str) -> dict[str, Any]:
    """Describe a queue."""
    return queues.show(runtime(), caller.tenant, queue_id)


entry_routes(blp, DistributionType.QUEUE)


@blp.endpoint("GET", "/<queue_id>/line", NOBODY, answers={200: LineCardView})
def line(_: None, queue_id: str) -> Response:
    """Show the line card; cacheable by anything on the way."""
    card = line_cards.card(runtime(), queue_id)
    request.environ[BARE] = True
    response = Response(card.body, headers=line_headers(card.etag))
    if request.if_none_match.contains_weak(card.etag.strip('"')):
        response.status_code, response.data = 304, b""
    return response


def line_headers(etag: str) -> list[tuple[str, str]]:
    """Return a line card's headers: nothing in them is about who asks."""
    return [
        ("Content-Type", "application/json"),
        ("ETag", etag),
        ("Cache-Control", "public, max-age=1, stale-while-revalidate=5"),
        ("Access-Control-Allow-Origin", "*"),
    ]
