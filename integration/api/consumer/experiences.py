"""Experiences, as their pages show them."""

from typing import Any

from marshmallow import fields

from integration.api.consumer.queues import QueueView
from integration.kernel.tenant import Caller
from integration.services import shop_window
from integration.web.fields import Money, Timestamp, Wire
from integration.web.guard import KEY, runtime
from integration.web.routes import Blueprint

blp = Blueprint("experiences", __name__, url_prefix="/api/v1/experiences", description="Launches")


class ShownProductView(Wire):
    """What is sold."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    price = Money(required=True)
    currency_code = fields.String(required=True)
    image_url = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)


class PathView(Wire):
    """One way into an experience, and what it offers."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    color = fields.String(required=True, allow_none=True)
    priority = fields.Integer(required=True)
    has_access_code = fields.Boolean(required=True, dump_default=False)
    waitlist = fields.Dict(required=True, allow_none=True, dump_default=None)
    queues = fields.List(fields.Nested(QueueView), required=True)
    draws = fields.List(fields.Dict(), required=True, dump_default=list)
    auctions = fields.List(fields.Dict(), required=True, dump_default=list)
    appointments = fields.List(fields.Dict(), required=True, dump_default=list)
    timed_releases = fields.List(fields.Dict(), required=True, dump_default=list)


class ShownExperienceView(Wire):
    """An experience with all that it offers."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    open_at = Timestamp(required=True, allow_none=True)
    close_at = Timestamp(required=True, allow_none=True)
    time_zone = fields.String(required=True)
    theme = fields.Dict(required=True, allow_none=True)
    i18n = fields.Dict(required=True, allow_none=True)
    currency_code = fields.String(required=True)
    checkout_url = fields.String(required=True, allow_none=True)
    product = fields.Nested(ShownProductView, required=True, allow_none=True)
    notice = fields.String(required=True, allow_none=True)
    sequences = fields.List(fields.Nested(PathView), required=True)
    server_time = Timestamp(required=True)


@blp.endpoint("GET", "/<experience_id>", KEY, answers={200: ShownExperienceView}, limit="reading")
def show(caller: Caller, experience_id: str) -> Any:
    """Describe an experience and all that it offers."""
    return shop_window.show(runtime(), caller.tenant, experience_id)
