"""Draws: what everybody sees, a consumer's entry, and the proof of what was drawn."""

from collections.abc import Iterator
from typing import Any

from flask import Response
from marshmallow import fields, validate

from integration.api.consumer.entries import entry_routes
from integration.api.consumer.schemas.public import PublicView
from integration.engine.kinds import DistributionType
from integration.engine.kinds.draw import DrawStatus
from integration.engine.proofs import Assurance
from integration.kernel.tenant import Caller
from integration.services import draws
from integration.web.answers import json_answer
from integration.web.fields import Timestamp, Wire
from integration.web.guard import KEY, SIGNED_IN, runtime
from integration.web.routes import Blueprint, Media

blp = Blueprint("draws", __name__, url_prefix="/api/v1/draws", description="Enter a draw")

LINES = "application/x-ndjson"


class DrawView(PublicView):
    """A draw, as anybody with a key sees it; ``proof`` is the address of its proof."""

    status = fields.String(
        required=True, validate=validate.OneOf([each.value for each in DrawStatus])
    )
    draw_at = Timestamp(required=True)
    winner_count = fields.Integer(required=True)
    entrant_count = fields.Integer(required=True)
    proof = fields.String(required=True)


class DrawEntryView(Wire):
    """One entry that was in at closing, and how many tickets it holds."""

    id = fields.String(required=True)
    tickets = fields.Integer(required=True)


class InclusionView(Wire):
    """What shows that one entry is among those of ``entryRoot`` (RFC 6962); bytes are hex."""

    entry_id = fields.String(required=True)
    tickets = fields.Integer(required=True)
    index = fields.Integer(required=True)
    entrant_count = fields.Integer(required=True)
    path = fields.List(fields.String(), required=True)


class ProofView(Wire):
    """The proof of a draw: before closing, after closing, once drawn; bytes are hex.

    ``inclusion`` is the calling consumer's own, if they were in at closing.
    """

    version = fields.Integer(required=True)
    draw_id = fields.String(required=True)
    terms = fields.String(required=True)
    commitment = fields.String(required=True)
    entry_root = fields.String()
    entrant_count = fields.Integer()
    beacon = fields.String()
    beacon_signature = fields.String()
    assurance = fields.String(validate=validate.OneOf([each.value for each in Assurance]))
    seed = fields.String()
    entries = fields.List(fields.Nested(DrawEntryView))
    entries_url = fields.String()
    withdrawn = fields.List(fields.String())
    winners = fields.List(fields.String())
    backups = fields.List(fields.String())
    inclusion = fields.Nested(InclusionView)


entry_routes(blp, DistributionType.DRAW, SIGNED_IN)


@blp.endpoint("GET", "/<draw_id>", KEY, answers={200: DrawView}, limit="reading")
def show(caller: Caller, draw_id: str) -> dict[str, Any]:
    """Describe a draw."""
    return draws.show(runtime(), caller.tenant, draw_id)


@blp.endpoint("GET", "/<draw_id>/proof", KEY, answers={200: ProofView}, limit="reading")
def proof(caller: Caller, draw_id: str) -> Response:
    """Show the proof as far as it has come; with a consumer's token also their inclusion."""
    return json_answer(draws.proof(runtime(), caller, draw_id))


@blp.endpoint("GET", "/<draw_id>/entries", KEY, answers={200: Media(LINES)}, limit="reading")
def entries(caller: Caller, draw_id: str) -> Response:
    """Stream the entries that were in at closing, in order of id: a JSON object a line."""
    found = draws.entries(runtime(), caller.tenant, draw_id)
    return Response(_as_lines(found), content_type=LINES)


def _as_lines(pages: Iterator[list[str]]) -> Iterator[str]:
    for page in pages:
        parts = [leaf.rpartition(":") for leaf in page]
        yield "".join([f'{{"id":"{each}","tickets":{count}}}\n' for each, _, count in parts])
