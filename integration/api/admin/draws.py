"""Draws, as their merchant sets them up and runs them."""

from typing import Any, ClassVar

from marshmallow import fields, validate

from integration.api.admin.schemas.distributions import MOST, DistributionBody, DistributionView
from integration.api.admin.set_up import WRITE, set_up_routes
from integration.engine.kinds import DistributionType
from integration.engine.ranking import MAX_TICKETS
from integration.kernel.tenant import Caller
from integration.services import draws
from integration.web.fields import Wire
from integration.web.guard import runtime
from integration.web.idempotency import Keyed
from integration.web.objects import LocalTime, Whole, whole
from integration.web.routes import Blueprint
from integration.web.versions import tagged

blp = Blueprint(
    "admin_draws", __name__, url_prefix="/admin/api/v1/draws", description="Set up draws"
)

LAST_ROUND = 2**53 - 1
BEACONS = validate.OneOf(["drand", "none"])


class TicketsBody(Wire):
    """Which field of a consumer's metadata says how many tickets they hold, up to ``max``."""

    field = fields.String(required=True, validate=validate.Length(min=1, max=100))
    max = whole(1, MAX_TICKETS, required=True)


class BeaconBody(Wire):
    """The public randomness to draw with; without ``round`` it is the first at ``drawAt``."""

    kind = fields.String(required=True, validate=BEACONS)
    round = whole(1, LAST_ROUND, load_default=None, allow_none=True)


class DrawBody(DistributionBody):
    """A draw; ``closeAt`` defaults to ``drawAt``, and all of it is fixed when it opens."""

    RULES: ClassVar[tuple[str, ...]] = (
        "draw_at",
        "winner_count",
        "backup_count",
        "continue_selecting_until_completed",
        "tickets",
        "beacon",
    )

    draw_at = LocalTime(required=True)
    winner_count = whole(1, MOST, required=True)
    backup_count = whole(0, MOST, load_default=0)
    continue_selecting_until_completed = fields.Boolean(
        load_default=False, truthy={True}, falsy={False}
    )
    tickets = Whole(TicketsBody, load_default=None, allow_none=True)
    beacon = Whole(BeaconBody, load_default=lambda: {"kind": "none", "round": None})


class AdminDrawView(DistributionView):
    """A draw, its state and its counters."""

    draw_at = fields.String(required=True, attribute="rules.drawAt")
    winner_count = fields.Integer(required=True, attribute="rules.winnerCount")
    backup_count = fields.Integer(required=True, attribute="rules.backupCount")
    continue_selecting_until_completed = fields.Boolean(
        required=True, attribute="rules.continueSelectingUntilCompleted"
    )
    tickets = fields.Nested(TicketsBody, required=True, allow_none=True, attribute="rules.tickets")
    beacon = fields.Nested(BeaconBody, required=True, attribute="rules.beacon")


set_up_routes(blp, DistributionType.DRAW, DrawBody, AdminDrawView)


@blp.endpoint(
    "POST",
    "/<draw_id>/run",
    WRITE,
    answers={200: AdminDrawView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def run(caller: Caller, draw_id: str) -> Any:
    """End entries if they have not ended, and draw now; with a beacon once its round is out."""
    return tagged(draws.run(runtime(), caller.tenant, draw_id))
