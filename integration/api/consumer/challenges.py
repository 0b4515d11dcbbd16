"""Challenges of the built-in bot check."""

from typing import Any

from marshmallow import fields

from integration.kernel.tenant import Caller
from integration.services import challenges
from integration.web.fields import Wire
from integration.web.guard import KEY, runtime
from integration.web.routes import Blueprint

blp = Blueprint("challenges", __name__, url_prefix="/api/v1", description="Bot checks")


class ChallengeView(Wire):
    """A challenge as ALTCHA's widget takes it; send its payload back as ``challenge``."""

    parameters = fields.Dict(required=True)
    signature = fields.String(required=True)


@blp.endpoint(
    "POST", "/challenges", KEY, body=Wire, answers={201: ChallengeView}, limit="challenges"
)
def pose(caller: Caller, _: dict[str, Any]) -> dict[str, Any]:
    """Pose a proof of work: good for ten minutes, and for one route."""
    return challenges.pose(runtime(), caller.tenant)
