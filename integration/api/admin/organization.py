"""The organization's own settings, and its rate limits."""

from typing import Any

from marshmallow import Schema, fields, validate

from integration.kernel.contacts import COUNTRY_CODES
from integration.kernel.quotas import MOST_CALLS, PER_HOUR, PER_MINUTE
from integration.kernel.tenant import Caller
from integration.services import organizations
from integration.web.fields import NAME, URL, Currency, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.objects import WEB_ADDRESS, TimeZone, Whole, json_object, whole
from integration.web.routes import Blueprint
from integration.web.versions import expected_version, tagged

blp = Blueprint(
    "organization", __name__, url_prefix="/admin/api/v1", description="The organization"
)

MOST_HOSTS = 100
LANGUAGE = validate.Regexp(
    r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", error="Not a language code, such as en or de-CH."
)
COUNTRIES = validate.OneOf(sorted(COUNTRY_CODES), error="Not a country's code, such as US.")


def _limits(name: str, **options: Any) -> type[Schema]:
    return Wire.from_dict(
        {
            limit: whole(0, MOST_CALLS, allow_none=True, dump_default=usual, **options)
            for limit, usual in {**PER_MINUTE, **PER_HOUR}.items()
        },
        name=name,
    )


LimitsBody = _limits("LimitsBody")
"""Calls a minute (``otpContact``: an hour); null gives the default back."""
LimitsView = _limits("LimitsView", required=True)


class OrganizationFields(Wire):
    """What a merchant is called, and what goes without saying."""

    name = fields.String(required=True, validate=NAME)
    time_zone = TimeZone(required=True)
    country_code = fields.String(required=True, allow_none=True, validate=COUNTRIES)
    language_code = fields.String(required=True, validate=LANGUAGE)
    currency_code = Currency(required=True)
    logo_url = fields.String(required=True, allow_none=True, validate=WEB_ADDRESS)
    checkout_url = fields.String(required=True, allow_none=True, validate=URL)
    theme = json_object(required=True, allow_none=True)
    allowed_redirect_hosts = fields.List(
        fields.String(validate=validate.Length(1, 253)),
        required=True,
        validate=validate.Length(max=MOST_HOSTS),
    )


class OrganizationBody(OrganizationFields):
    """What a merchant may change."""

    limits = Whole(LimitsBody)


class OrganizationView(OrganizationFields):
    """The organization, with the limits that hold for it."""

    id = fields.String(required=True)
    slug = fields.String(required=True)
    limits = fields.Nested(LimitsView, required=True)
    created_at = Timestamp(required=True)


@blp.endpoint(
    "GET",
    "/organizations/current",
    merchant("admin"),
    answers={200: OrganizationView},
    limit="admin",
)
def get_organization(caller: Caller) -> Any:
    """Show the organization and its limits."""
    return tagged(organizations.current(runtime(), caller.tenant))


@blp.endpoint(
    "PATCH",
    "/organizations/current",
    merchant("admin"),
    body=OrganizationBody(partial=True),
    answers={200: OrganizationView},
    limit="admin",
)
def change_organization(caller: Caller, body: dict[str, Any]) -> Any:
    """Change the organization; limits hold in every process within two seconds."""
    return tagged(organizations.update(runtime(), caller.tenant, body, expected_version()))
