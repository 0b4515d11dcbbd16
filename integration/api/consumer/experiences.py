"""Experiences, as their pages show them, and the way through them."""

from typing import Any

from flask import Response, request
from marshmallow import fields, validate

from integration.api.consumer.appointments import AppointmentView
from integration.api.consumer.auctions import AuctionView
from integration.api.consumer.draws import DrawView
from integration.api.consumer.queues import QueueView
from integration.api.consumer.timed_releases import TimedReleaseView
from integration.api.consumer.waitlists import WaitlistView
from integration.engine.kinds import DistributionType
from integration.kernel.tenant import Caller
from integration.services import (
    appointments,
    auctions,
    bookings,
    draws,
    journeys,
    lines,
    queues,
    shop_window,
    timed_releases,
    waitlists,
)
from integration.services.journeys import Keys, Leave
from integration.web.fields import Money, Timestamp, Wire
from integration.web.guard import CONSUMER_ACTION, KEY, runtime
from integration.web.routes import Blueprint

blp = Blueprint("experiences", __name__, url_prefix="/api/v1/experiences", description="Launches")

SHOWS = {
    "queue": queues.show,
    "draw": draws.show,
    "auction": auctions.show,
    "timed_release": timed_releases.show,
    "appointment": appointments.show,
    "waitlist": waitlists.show,
}
"""How each kind of distribution is shown."""


def _leave_line(kind: DistributionType) -> Leave:
    return lambda rt, caller, line_id: lines.leave(rt, caller, kind, line_id)


LEAVES: dict[str, Leave] = {
    **{kind.value: _leave_line(kind) for kind in DistributionType},
    "appointment": bookings.cancel,
    "waitlist": waitlists.leave,
}
"""How each kind of distribution is left."""

LONGEST_CODE, LONGEST_CHALLENGE = 128, 4_096


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
    has_access_code = fields.Boolean(required=True)
    waitlist = fields.Nested(WaitlistView, required=True, allow_none=True)
    queues = fields.List(fields.Nested(QueueView), required=True)
    draws = fields.List(fields.Nested(DrawView), required=True)
    auctions = fields.List(fields.Nested(AuctionView), required=True)
    appointments = fields.List(fields.Nested(AppointmentView), required=True)
    timed_releases = fields.List(fields.Nested(TimedReleaseView), required=True)


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


class OfferView(Wire):
    """What a sequence offers: the first is what to show."""

    sequence_id = fields.String(required=True)
    mechanism = fields.String(required=True)
    distribution_id = fields.String(required=True)


class GateView(Wire):
    """What is asked before the way opens, and what it takes to answer."""

    kind = fields.String(
        required=True, validate=validate.OneOf(["authentication", "access_code", "bot_check"])
    )
    methods = fields.List(fields.String())
    provider = fields.String()
    site_key = fields.String()
    challenge_url = fields.String()


class RouteBody(Wire):
    """What one holds out to be let in."""

    access_code = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_CODE)
    )
    challenge = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=LONGEST_CHALLENGE)
    )


class RouteView(Wire):
    """Where one goes. Why one does not get elsewhere is never told."""

    outcome = fields.String(
        required=True, validate=validate.OneOf(["routed", "gated", "no_access"])
    )
    experience_id = fields.String(required=True)
    sequence_id = fields.String(required=True, allow_none=True)
    offers = fields.List(fields.Nested(OfferView), required=True)
    gates = fields.List(fields.Nested(GateView), required=True)


class EnteredView(Wire):
    """An experience that one is in, and where one goes from here."""

    entered_at = Timestamp(required=True)
    experience = fields.Nested(ShownExperienceView, required=True)
    journey = fields.Nested(RouteView, required=True)


@blp.endpoint("GET", "/<experience_id>", KEY, answers={200: ShownExperienceView}, limit="reading")
def show(caller: Caller, experience_id: str) -> Any:
    """Describe an experience and all that it offers."""
    return shop_window.show(runtime(), caller.tenant, experience_id, SHOWS)


@blp.endpoint(
    "POST",
    "/<experience_id>/route",
    KEY,
    body=RouteBody,
    answers={200: RouteView},
    limit="routing",
)
def route(caller: Caller, body: dict[str, Any], experience_id: str) -> dict[str, Any]:
    """Tell the way that is open, and open its gates to this consumer."""
    keys = Keys(body["access_code"], body["challenge"], request.remote_addr or "unknown")
    return journeys.route(runtime(), caller, experience_id, keys)


@blp.endpoint(
    "POST",
    "/<experience_id>/enter",
    CONSUMER_ACTION,
    body=Wire,
    answers={201: EnteredView, 200: EnteredView},
    limit="routing",
)
def enter(caller: Caller, _: dict[str, Any], experience_id: str) -> Any:
    """Enter an experience; 200 if you are in it already."""
    rt = runtime()
    entered_at, new = journeys.enter(rt, caller, experience_id)
    body = {
        "entered_at": entered_at,
        "experience": shop_window.show(rt, caller.tenant, experience_id, SHOWS),
        "journey": journeys.route(rt, caller, experience_id, Keys()),
    }
    return body, 201 if new else 200


@blp.endpoint(
    "DELETE", "/<experience_id>/leave", CONSUMER_ACTION, answers={204: None}, limit="routing"
)
def leave(caller: Caller, experience_id: str) -> Response:
    """Leave an experience and all that you have entered in it."""
    journeys.leave(runtime(), caller, experience_id, LEAVES)
    return Response(status=204)
