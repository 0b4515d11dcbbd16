"""Queues, as their merchant sets them up and runs them."""

from typing import ClassVar

from marshmallow import fields, validate

from integration.api.admin.schemas.distributions import MOST, DistributionBody, DistributionView
from integration.api.admin.set_up import set_up_routes
from integration.engine.kinds import DistributionType
from integration.web.objects import whole
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
    )

    admission_rate = whole(0, 1_000_000, load_default=None, allow_none=True)
    max_active_admissions = whole(1, MOST, load_default=None, allow_none=True)
    position_display = fields.String(load_default="precise", validate=DISPLAYS)
    absence_seconds = whole(0, DAY_SECONDS, load_default=ABSENCE_SECONDS)


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


set_up_routes(blp, DistributionType.QUEUE, QueueBody, AdminQueueView)
