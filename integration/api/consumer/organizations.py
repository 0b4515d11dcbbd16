"""The organization, as a page shows it."""

from typing import Any

from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.services import organizations
from integration.web.fields import Wire
from integration.web.guard import KEY, runtime
from integration.web.routes import Blueprint

blp = Blueprint(
    "organizations",
    __name__,
    url_prefix="/api/v1/organizations",
    description="Who is selling",
)


class PublicOrganizationView(Wire):
    """What a page needs to look and speak like the merchant."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    slug = fields.String(required=True)
    logo_url = fields.String(required=True, allow_none=True)
    time_zone = fields.String(required=True)
    country_code = fields.String(required=True, allow_none=True)
    language_code = fields.String(required=True)
    currency_code = fields.String(required=True)
    checkout_url = fields.String(required=True, allow_none=True)
    theme = fields.Dict(required=True, allow_none=True)
    mode = fields.String(required=True, validate=validate.OneOf(["live", "test"]))


@blp.endpoint("GET", "/current", KEY, answers={200: PublicOrganizationView}, limit="reading")
def current(caller: Caller) -> Any:
    """Show the organization that the key belongs to, and the key's mode."""
    organization = organizations.current(runtime(), caller.tenant)
    organization.mode = caller.tenant.mode
    return organization
