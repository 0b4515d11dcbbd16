"""What became of the events that were sent to an endpoint, and sending them again."""

from typing import Any

from marshmallow import fields, validate

from integration.engine.events import EVENTS
from integration.kernel.tenant import Caller
from integration.services import webhook_log
from integration.services.webhook_log import TEST_EVENT
from integration.store.deliveries import DeliveryState
from integration.store.delivery_log import Filter
from integration.store.rows import Slice
from integration.web.fields import Timestamp, Wire
from integration.web.guard import merchant, runtime
from integration.web.idempotency import Keyed
from integration.web.objects import Moment
from integration.web.pagination import PageQuery, page, page_of
from integration.web.routes import Blueprint

blp = Blueprint(
    "deliveries", __name__, url_prefix="/admin/api/v1", description="Webhook deliveries"
)

STATES = [state.value for state in DeliveryState]


class DeliveryQuery(PageQuery):
    """Which deliveries: ``createdAfter`` and ``createdBefore`` are the events' times."""

    status = fields.String(load_default=None, validate=validate.OneOf(STATES))
    event_type = fields.String(load_default=None, validate=validate.OneOf([*EVENTS, TEST_EVENT]))
    created_after = Moment(load_default=None)
    created_before = Moment(load_default=None)


class SentBody(Wire):
    """What was sent; secrets and contacts are blotted out here, not in what was sent."""

    id = fields.String(required=True)
    type = fields.String(required=True)
    timestamp = fields.String(required=True)
    organization_id = fields.String(required=True, attribute="organizationId")
    sequence = fields.Integer(required=True)
    data = fields.Dict(required=True)


class DeliveryView(Wire):
    """One event on its way to one endpoint; ``nextAttemptAt`` only while it is pending."""

    id = fields.String(required=True)
    webhook_id = fields.String(required=True)
    event_id = fields.String(required=True)
    event_type = fields.String(required=True)
    status = fields.String(required=True, metadata={"enum": STATES})
    attempts = fields.Integer(required=True)
    next_attempt_at = Timestamp(required=True, allow_none=True)
    delivered_at = Timestamp(required=True, allow_none=True)
    last_status = fields.Integer(required=True, allow_none=True)
    last_problem = fields.String(required=True, allow_none=True)
    created_at = Timestamp(required=True)
    body = fields.Nested(SentBody, required=True)


class AttemptView(Wire):
    """One attempt; ``response`` is the beginning of the answer's body, secrets blotted out."""

    at = fields.String(required=True, metadata={"format": "date-time"})
    status = fields.Integer(required=True, allow_none=True)
    problem = fields.String(required=True, allow_none=True)
    duration_ms = fields.Integer(required=True, attribute="durationMs")
    response = fields.String(required=True, allow_none=True)


class DeliveryLogView(DeliveryView):
    """The same with its last twenty attempts, the oldest first."""

    log = fields.List(fields.Nested(AttemptView), required=True)


@blp.endpoint(
    "POST",
    "/webhooks/<webhook_id>/test",
    merchant("write:webhooks"),
    answers={202: DeliveryView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def send_test_event(caller: Caller, webhook_id: str) -> Any:
    """Send the event webhook.test to an endpoint."""
    return webhook_log.send_test(runtime(), caller.tenant, webhook_id)


@blp.endpoint(
    "GET",
    "/webhooks/<webhook_id>/deliveries",
    merchant("read:webhooks"),
    query=DeliveryQuery,
    answers={200: page_of(DeliveryView)},
    limit="admin",
)
def list_deliveries(caller: Caller, query: dict[str, Any], webhook_id: str) -> Any:
    """List an endpoint's deliveries, the newest first."""
    rt, tenant = runtime(), caller.tenant
    chosen = Filter(**{name: query[name] for name in Filter._fields})
    return page(
        rt,
        query,
        lambda after, limit: webhook_log.page(rt, tenant, webhook_id, Slice(after, limit), chosen),
        ":".join(["deliveries", *tenant, webhook_id, *map(str, chosen)]),
    )


@blp.endpoint(
    "GET",
    "/webhooks/deliveries/<delivery_id>",
    merchant("read:webhooks"),
    answers={200: DeliveryLogView},
    limit="admin",
)
def get_delivery(caller: Caller, delivery_id: str) -> Any:
    """Show what became of a delivery, attempt by attempt."""
    return webhook_log.get(runtime(), caller.tenant, delivery_id)


@blp.endpoint(
    "POST",
    "/webhooks/deliveries/<delivery_id>/retry",
    merchant("write:webhooks"),
    answers={202: DeliveryView},
    limit="admin",
    keyed=Keyed.WITH_EFFECT,
)
def retry_delivery(caller: Caller, delivery_id: str) -> Any:
    """Attempt a delivery once more now, whatever came of it so far."""
    return webhook_log.retry(runtime(), caller.tenant, delivery_id)
