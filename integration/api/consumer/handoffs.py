"""Handoffs: a consumer's way out to the checkout."""

from typing import Any

from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.services import handoffs
from integration.services.handoffs import Made
from integration.web.fields import URL, Timestamp, Wire
from integration.web.guard import SIGNED_IN, runtime
from integration.web.objects import whole
from integration.web.routes import Blueprint

blp = Blueprint("handoffs", __name__, url_prefix="/api/v1", description="The way to the checkout")

MOST_UNITS = 1_000


class HandoffBody(Wire):
    """The admission to check out with, and how the shop's page goes there."""

    admission_token = fields.String(required=True, validate=validate.Length(min=1, max=2048))
    pattern = fields.String(
        required=True, validate=validate.OneOf(["same_site", "external", "embedded"])
    )
    return_url = fields.String(load_default=None, allow_none=True, validate=URL)
    variant_id = fields.String(
        load_default=None, allow_none=True, validate=validate.Length(min=1, max=64)
    )
    quantity = whole(1, MOST_UNITS, load_default=1)


class HandoffView(Wire):
    """A signed code, and the address that one browser may open with it."""

    code = fields.String(required=True)
    url = fields.String(required=True)
    expires_at = Timestamp(required=True)


@blp.endpoint(
    "POST",
    "/handoffs",
    SIGNED_IN,
    body=HandoffBody,
    answers={201: HandoffView},
    limit="checkout",
)
def hand_off(caller: Caller, body: dict[str, Any]) -> Made:
    """Make a way out to the checkout for your own live admission.

    With a connected shop an admission has one checkout: while it is open, another variant or
    quantity is refused with 409 `CHECKOUT_OPEN`, which names what the open one is for.
    """
    return handoffs.create(runtime(), caller, body)
