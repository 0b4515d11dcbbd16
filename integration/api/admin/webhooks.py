"""Webhooks: where events are sent."""

from types import SimpleNamespace
from typing import Any

from flask import Response
from marshmallow import fields, validate

from integration.engine.events import EVENTS
from integration.kernel.tenant import Caller
from integration.services import webhook_endpoints
from integration.services.webhook_endpoints import Secret
from integration.store import rows
from integration.web.fields import NAME, URL, Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.lists import NamedQuery, listed, wanted
from integration.web.pagination import page_of
from integration.web.routes import Blueprint
from integration.web.versions import expected_version, tagged

blp = Blueprint(
    "webhooks", __name__, url_prefix="/admin/api/v1/webhooks", description="Webhooks out"
)

READ, WRITE = merchant("read:webhooks"), merchant("write:webhooks")


class WebhookBody(Wire):
    """An address to send events to; ``events`` null means all of them."""

    url = fields.String(required=True, validate=URL)
    name = fields.String(load_default=None, allow_none=True, validate=NAME)
    events = fields.List(
        fields.String(validate=validate.OneOf(EVENTS)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(1, len(EVENTS)),
    )
    enabled = fields.Boolean(load_default=True, truthy={True}, falsy={False})


class EndpointHealthView(Wire):
    """How an endpoint has been doing: ``failures`` attempts in a row, since ``failingSince``."""

    status = fields.String(required=True, metadata={"enum": ["healthy", "failing", "disabled"]})
    failures = fields.Integer(required=True)
    failing_since = Timestamp(required=True, allow_none=True)
    last_success_at = Timestamp(required=True, allow_none=True)
    last_failure_at = Timestamp(required=True, allow_none=True)


class WebhookView(WebhookBody):
    """Where events are sent; the secret was shown when it was made."""

    id = fields.String(required=True)
    disabled_reason = fields.String(required=True, allow_none=True)
    previous_secret_until = Timestamp(required=True, allow_none=True, attribute="previous_until")
    health = fields.Nested(EndpointHealthView, required=True)
    created_at = Timestamp(required=True)


class WebhookQuery(NamedQuery):
    """Which webhooks."""

    enabled = fields.Boolean(load_default=None)


class SecretWebhookView(WebhookView):
    """The same with its secret: it is shown this once."""

    secret = fields.String(required=True)


@blp.endpoint(
    "POST",
    "",
    WRITE,
    body=WebhookBody,
    answers={201: SecretWebhookView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def create_webhook(caller: Caller, body: dict[str, Any]) -> Any:
    """Send events to an address; the secret that signs them is shown this once."""
    return tagged(_shown(webhook_endpoints.create(runtime(), caller.tenant, body)), 201)


@blp.endpoint(
    "GET", "", READ, query=WebhookQuery, answers={200: page_of(WebhookView)}, limit="admin"
)
def list_webhooks(caller: Caller, query: dict[str, Any]) -> Any:
    """List where events are sent."""
    rt, filters = runtime(), wanted(query)
    return listed(
        caller,
        query,
        lambda part: webhook_endpoints.page(rt, caller.tenant, part, filters),
        "webhooks",
    )


@blp.endpoint("GET", "/<webhook_id>", READ, answers={200: WebhookView}, limit="admin")
def get_webhook(caller: Caller, webhook_id: str) -> Any:
    """Show a webhook."""
    return tagged(webhook_endpoints.get(runtime(), caller.tenant, webhook_id))


@blp.endpoint(
    "PATCH",
    "/<webhook_id>",
    WRITE,
    body=WebhookBody(partial=True),
    answers={200: WebhookView},
    limit="admin",
)
def change_webhook(caller: Caller, body: dict[str, Any], webhook_id: str) -> Any:
    """Change a webhook; one that was disabled is enabled again like this."""
    version = expected_version()
    return tagged(webhook_endpoints.update(runtime(), caller.tenant, webhook_id, body, version))


@blp.endpoint("DELETE", "/<webhook_id>", WRITE, answers={204: None}, limit="admin")
def archive_webhook(caller: Caller, webhook_id: str) -> Any:
    """Send nothing there any more."""
    webhook_endpoints.archive(runtime(), caller.tenant, webhook_id, expected_version())
    return Response(status=204)


@blp.endpoint(
    "POST",
    "/<webhook_id>/rotate",
    WRITE,
    answers={200: SecretWebhookView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def rotate_webhook(caller: Caller, webhook_id: str) -> Any:
    """Make a new secret; for 24 hours both sign."""
    return tagged(_shown(webhook_endpoints.rotate(runtime(), caller.tenant, webhook_id)))


def _shown(secret: Secret) -> SimpleNamespace:
    shown = rows.shown(secret.endpoint, health=secret.endpoint.health)
    shown.secret = secret.text
    return shown
