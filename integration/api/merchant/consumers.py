"""Consumers, kept by the merchant's back end."""

from typing import Any

import orjson
from flask import Response
from marshmallow import ValidationError, fields, validate, validates_schema

from integration.api.merchant.doors import IntegrationBlueprint
from integration.kernel.tenant import Caller
from integration.services import consumers
from integration.store.consumers import Filter
from integration.web.contacts import Contacts
from integration.web.downloads import attachment
from integration.web.fields import NAME, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import SortedQuery, listed
from integration.web.objects import Moment, json_object
from integration.web.pagination import page_of
from integration.web.versions import expected_version, tagged

blp = IntegrationBlueprint("consumers", __name__, description="Who takes part")

EXTERNAL_ID = validate.Length(min=1, max=255)
SOURCE = validate.Length(min=1, max=100)
CONTACTS = ("email", "phone", "external_id")


class ConsumerBody(Contacts):
    """A consumer; at least one of e-mail address, phone number and external id."""

    full_name = fields.String(load_default=None, allow_none=True, validate=NAME)
    external_id = fields.String(load_default=None, allow_none=True, validate=EXTERNAL_ID)
    sync_source = fields.String(load_default=None, allow_none=True, validate=SOURCE)
    details = json_object(data_key="metadata", load_default=dict)

    @validates_schema(skip_on_field_errors=True)
    def check_contact(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse somebody whom nobody could ever find again."""
        if not self.partial and not any(data.get(name) for name in CONTACTS):
            raise ValidationError("Give at least one of email, phone and externalId.", "email")


class ConsumerView(Wire):
    """A consumer as we keep them; a guest has no contact."""

    id = fields.String(required=True)
    email = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    full_name = fields.String(required=True, allow_none=True)
    external_id = fields.String(required=True, allow_none=True)
    sync_source = fields.String(required=True, allow_none=True)
    details = fields.Dict(data_key="metadata", required=True)
    created_at = Timestamp(required=True)
    updated_at = Timestamp(required=True)


class ConsumerQuery(SortedQuery):
    """Which consumers."""

    email = fields.String(load_default=None, validate=validate.Length(max=254))
    external_id = fields.String(load_default=None, validate=EXTERNAL_ID)
    updated_after = Moment(load_default=None)


@blp.endpoint(
    "POST",
    "/consumers",
    merchant("write:consumers"),
    body=ConsumerBody,
    answers={201: ConsumerView},
    limit="consumers",
    keyed=Keyed.WITH_EFFECT,
)
def create_consumer(caller: Caller, body: dict[str, Any]) -> Any:
    """Add a consumer."""
    return tagged(consumers.create(runtime(), caller.tenant, body), 201)


@blp.endpoint(
    "GET",
    "/consumers",
    merchant("read:consumers"),
    query=ConsumerQuery,
    answers={200: page_of(ConsumerView)},
    limit="consumers",
)
def list_consumers(caller: Caller, query: dict[str, Any]) -> Any:
    """List consumers, guests among them."""
    wanted = Filter(query["email"], query["external_id"], query["updated_after"])
    return listed(
        caller,
        query,
        lambda part: consumers.page(runtime(), caller.tenant, part, wanted),
        "consumers",
    )


@blp.endpoint(
    "GET",
    "/consumers/<consumer_id>",
    merchant("read:consumers"),
    answers={200: ConsumerView},
    limit="consumers",
)
def get_consumer(caller: Caller, consumer_id: str) -> Any:
    """Show a consumer."""
    return tagged(consumers.get(runtime(), caller.tenant, consumer_id))


@blp.endpoint(
    "GET",
    "/consumers/<consumer_id>/export",
    merchant("read:consumers"),
    answers={200: None},
    limit="consumers",
)
def export_consumer(caller: Caller, consumer_id: str) -> Response:
    """Give all that is held on a consumer as one JSON file."""
    held = consumers.export(runtime(), caller.tenant, consumer_id)
    return attachment(f"{held['consumer']['id']}.json", orjson.dumps(held), "application/json")


@blp.endpoint(
    "PATCH",
    "/consumers/<consumer_id>",
    merchant("write:consumers"),
    body=ConsumerBody(partial=True),
    answers={200: ConsumerView},
    limit="consumers",
)
def change_consumer(caller: Caller, body: dict[str, Any], consumer_id: str) -> Any:
    """Change some of a consumer's fields."""
    version = expected_version()
    return tagged(consumers.update(runtime(), caller.tenant, consumer_id, body, version))


@blp.endpoint(
    "DELETE",
    "/consumers/<consumer_id>",
    merchant("write:consumers"),
    answers={204: None},
    limit="consumers",
)
def erase_consumer(caller: Caller, consumer_id: str) -> Any:
    """Erase a consumer's personal data; what is counted stays counted."""
    consumers.erase(runtime(), caller.tenant, consumer_id, expected_version())
    return Response(status=204)
