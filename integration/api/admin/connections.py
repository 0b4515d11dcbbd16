"""Connections to merchants' shops."""

from typing import Any

from flask import Response
from marshmallow import fields, validate

from integration.kernel.tenant import Caller
from integration.services import authorizing, connections
from integration.store.connections import ConnectionState
from integration.web.fields import NAME, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import NamedQuery, listed, wanted
from integration.web.objects import json_object
from integration.web.pagination import page_of
from integration.web.routes import Blueprint
from integration.web.versions import expected_version, tagged

blp = Blueprint(
    "connections",
    __name__,
    url_prefix="/admin/api/v1/connections",
    description="Connected shops",
)

READ, WRITE = merchant("read:connections"), merchant("write:connections")
PLATFORM = validate.Length(min=1, max=50)
EVERY = validate.Range(min=1, max=43_200)
STATES = validate.OneOf([each.value for each in ConnectionState])


class ScheduleFields(Wire):
    """Minutes between two syncs; null is never. Orders of a live launch are every 5 at least."""

    products = fields.Integer(strict=True, validate=EVERY, allow_none=True)
    customers = fields.Integer(strict=True, validate=EVERY, allow_none=True)
    orders = fields.Integer(strict=True, validate=EVERY, allow_none=True)


class ConnectionFields(Wire):
    """What may be changed: settings as a whole, credentials and the schedule one by one."""

    name = fields.String(required=True, validate=NAME)
    settings = json_object(load_default=dict)
    credentials = json_object(load_default=dict)
    schedule = fields.Nested(ScheduleFields, load_default=dict)


class ConnectionBody(ConnectionFields):
    """A shop to connect; which settings and credentials it needs is its platform's."""

    platform = fields.String(required=True, validate=PLATFORM)


class ConnectionView(Wire):
    """A connected shop; of its credentials only which are set."""

    id = fields.String(required=True)
    platform = fields.String(required=True)
    name = fields.String(required=True)
    settings = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    credentials_set = fields.Dict(keys=fields.String(), values=fields.Boolean(), required=True)
    schedule = fields.Nested(ScheduleFields, required=True)
    state = fields.String(required=True, validate=STATES)
    state_message = fields.String(required=True, allow_none=True)
    gate = fields.String(required=True, validate=validate.OneOf(["soft", "hard"]))
    gate_message = fields.String(required=True)
    webhook_url = fields.String(required=True)
    created_at = Timestamp(required=True)


class VerificationView(Wire):
    """Whose shop it is, and what it lacks."""

    shop = fields.String(required=True)
    currency = fields.String(required=True, allow_none=True)
    missing_scopes = fields.List(fields.String(), required=True)
    problems = fields.List(fields.String(), required=True)


class WebhookSetupView(Wire):
    """What the shop tells us of, or what is to be set up by hand."""

    topics = fields.List(fields.String(), required=True)
    by_hand = fields.String(required=True, allow_none=True)


class VerifiedView(ConnectionView):
    """A connection, and what its shop said just now."""

    verification = fields.Nested(VerificationView, required=True, allow_none=True)
    webhooks = fields.Nested(WebhookSetupView, required=True, allow_none=True)


class AgreementView(Wire):
    """Where to send the merchant's browser."""

    url = fields.String(required=True)
    expires_in_seconds = fields.Integer(required=True)


class ConnectionQuery(NamedQuery):
    """Which connections."""

    platform = fields.String(load_default=None, validate=PLATFORM)
    state = fields.String(load_default=None, validate=STATES)


@blp.endpoint(
    "POST",
    "",
    WRITE,
    body=ConnectionBody,
    answers={201: ConnectionView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def create_connection(caller: Caller, body: dict[str, Any]) -> Any:
    """Connect a shop; verify it next."""
    return tagged(connections.create(runtime(), caller.tenant, body), 201)


@blp.endpoint(
    "GET", "", READ, query=ConnectionQuery, answers={200: page_of(ConnectionView)}, limit="admin"
)
def list_connections(caller: Caller, query: dict[str, Any]) -> Any:
    """List connected shops."""
    rt, filters = runtime(), wanted(query)
    return listed(
        caller,
        query,
        lambda part: connections.page(rt, caller.tenant, part, filters),
        "connections",
    )


@blp.endpoint("GET", "/<connection_id>", READ, answers={200: ConnectionView}, limit="admin")
def get_connection(caller: Caller, connection_id: str) -> Any:
    """Show a connected shop."""
    return tagged(connections.get(runtime(), caller.tenant, connection_id))


@blp.endpoint(
    "PATCH",
    "/<connection_id>",
    WRITE,
    body=ConnectionFields(partial=True),
    answers={200: ConnectionView},
    limit="admin",
)
def change_connection(caller: Caller, body: dict[str, Any], connection_id: str) -> Any:
    """Change a connection; new settings and credentials are to be verified again.

    Settings that lead to another shop (another origin in `url`, another `shop` or `storeHash`)
    need every credential that is set given again, or null: 400 names those that are missing.
    """
    version = expected_version()
    return tagged(connections.update(runtime(), caller.tenant, connection_id, body, version))


@blp.endpoint("DELETE", "/<connection_id>", WRITE, answers={204: None}, limit="admin")
def archive_connection(caller: Caller, connection_id: str) -> Any:
    """Disconnect a shop, and forget its credentials."""
    connections.archive(runtime(), caller.tenant, connection_id, expected_version())
    return Response(status=204)


@blp.endpoint(
    "POST",
    "/<connection_id>/authorize",
    WRITE,
    answers={200: AgreementView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def authorize_connection(caller: Caller, connection_id: str) -> Any:
    """Return where the merchant agrees to the connection in the shop, within ten minutes."""
    return authorizing.start(runtime(), caller.tenant, connection_id)


@blp.endpoint(
    "POST",
    "/<connection_id>/verify",
    WRITE,
    answers={200: VerifiedView},
    limit="admin",
    keyed=Keyed.LEASED,
)
def verify_connection(caller: Caller, connection_id: str) -> Any:
    """Talk to the shop, and subscribe to its webhooks."""
    return tagged(connections.verify(runtime(), caller.tenant, connection_id))
