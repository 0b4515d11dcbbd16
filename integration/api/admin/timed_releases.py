"""Timed releases, as their merchant sets them up and runs them."""

from typing import ClassVar

from marshmallow import fields, validate

from integration.api.admin.schemas.distributions import MOST, DistributionBody, DistributionView
from integration.api.admin.set_up import set_up_routes
from integration.engine.kinds import DistributionType
from integration.web.fields import Wire
from integration.web.objects import LocalTime, Whole, whole
from integration.web.routes import Blueprint

blp = Blueprint(
    "admin_timed_releases",
    __name__,
    url_prefix="/admin/api/v1/timed-releases",
    description="Set up timed releases",
)

MOST_WAVES = 100
MOST_EACH = 1_000_000


class WaveBody(Wire):
    """So many units more, from a time on; a naive one is read in ``timeZone``."""

    at = LocalTime(required=True)
    quantity = whole(1, MOST, required=True)


class WaveView(Wire):
    """A wave; its time in UTC."""

    at = fields.String(required=True)
    quantity = fields.Integer(required=True)


class TimedReleaseBody(DistributionBody):
    """A timed release; without waves all of the stock is there from opening on."""

    RULES: ClassVar[tuple[str, ...]] = ("per_consumer_limit", "waves")

    # Devices are told apart where the merchant wants that; by default only where bots pay.
    fingerprint_policy = fields.String(
        load_default="recommended", validate=validate.OneOf(["required", "recommended", "off"])
    )
    per_consumer_limit = whole(1, MOST_EACH, load_default=1)
    waves = fields.List(
        Whole(WaveBody), load_default=list, validate=validate.Length(max=MOST_WAVES)
    )


class AdminTimedReleaseView(DistributionView):
    """A timed release, its state and its counters."""

    per_consumer_limit = fields.Integer(
        required=True, attribute="rules.perConsumerLimit", dump_default=1
    )
    waves = fields.List(
        fields.Nested(WaveView), required=True, attribute="rules.waves", dump_default=list
    )


set_up_routes(blp, DistributionType.TIMED_RELEASE, TimedReleaseBody, AdminTimedReleaseView)
