"""Queues, as their merchant sets them up and runs them."""

from datetime import datetime
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate, validates_schema

from integration.api.admin.schemas.distributions import MOST, DistributionBody, DistributionView
from integration.api.admin.set_up import set_up_routes
from integration.engine.kinds import DistributionType
from integration.web.objects import LocalTime, whole
from integration.web.routes import Blueprint

blp = Blueprint(
    "admin_queues", __name__, url_prefix="/admin/api/v1/queues", description="Set up queues"
)

DISPLAYS = validate.OneOf(["precise", "qualitative"])
DAY_SECONDS = 86_400
ABSENCE_SECONDS = 180


class QueueBody(DistributionBody):
    """A queue; ``admissionRate`` is a minute's, null is as fast as stock and checkout allow."""

    RULES: ClassVar[tuple[str, ...]] = (
        "admission_rate",
        "max_active_admissions",
        "position_display",
        "absence_seconds",
        "lobby_opens_at",
        "shuffle_before_open",
    )

    admission_rate = whole(0, 1_000_000, load_default=None, allow_none=True)
    max_active_admissions = whole(1, MOST, load_default=None, allow_none=True)
    position_display = fields.String(load_default="precise", validate=DISPLAYS)
    absence_seconds = whole(0, DAY_SECONDS, load_default=ABSENCE_SECONDS)
    lobby_opens_at = LocalTime(load_default=None, allow_none=True)
    shuffle_before_open = fields.Boolean(load_default=False, truthy={True}, falsy={False})

    @validates_schema(skip_on_field_errors=True)
    def check_lobby(self, data: dict[str, Any], **_: Any) -> None:
        """Open a lobby before the queue; a change may name one of the two alone."""
        lobby, opening = data.get("lobby_opens_at"), data.get("open_at")
        if lobby is None or (self.partial and "open_at" not in data):
            return
        if opening is None or not _before(lobby, opening):
            raise ValidationError("Open the lobby before openAt.", "lobbyOpensAt")


def _before(lobby: datetime, opening: datetime) -> bool:
    """Compare times; where only one has a zone, the other's is known later."""
    if (lobby.tzinfo is None) != (opening.tzinfo is None):
        return True
    return lobby < opening


class AdminQueueView(DistributionView):
    """A queue, its state and its counters."""

    admission_rate = fields.Integer(
        required=True, allow_none=True, attribute="rules.admissionRate", dump_default=None
    )
    max_active_admissions = fields.Integer(
        required=True, allow_none=True, attribute="rules.maxActiveAdmissions", dump_default=None
    )
    position_display = fields.String(
        required=True, attribute="rules.positionDisplay", dump_default="precise"
    )
    absence_seconds = fields.Integer(
        required=True, attribute="rules.absenceSeconds", dump_default=ABSENCE_SECONDS
    )
    lobby_opens_at = fields.String(
        required=True, allow_none=True, attribute="rules.lobbyOpensAt", dump_default=None
    )
    shuffle_before_open = fields.Boolean(
        required=True, attribute="rules.shuffleBeforeOpen", dump_default=False
    )


set_up_routes(blp, DistributionType.QUEUE, QueueBody, AdminQueueView)
